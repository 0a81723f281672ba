import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import type { createRouter } from "./router.ts";
import type { ServerCertificate } from "./certificates.ts";

/** What listens on the emulator's ports. */
export interface Listeners {
  /** The port of the emulator's URL. */
  readonly port: number;
  /** Ends open connections at once and releases every port. */
  close(): Promise<void>;
}

type Fetch = ReturnType<typeof createRouter>["fetch"];

/** Listens on 127.0.0.1 and, where the machine has it, on ::1, at each port. Rejects when a port is taken. */
export async function listen(
  fetch: Fetch,
  ports: { port: number; extraPorts: readonly number[] },
  certificate: ServerCertificate | undefined,
): Promise<Listeners> {
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(closeServer));
  };
  try {
    const port = await listenOnBoth(() => create(fetch, certificate), ports.port, servers);
    for (const extra of ports.extraPorts) await listenOnBoth(() => create(fetch, certificate), extra, servers);
    return { port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function create(fetch: Fetch, certificate: ServerCertificate | undefined): Server {
  // The listener would put its own Request and Response in the place of the global ones.
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  const handle: typeof listener = (incoming, outgoing) => listener(incoming, outgoing);
  const onRequest = (...args: Parameters<typeof handle>): void => void handle(...args);
  if (certificate === undefined) return createServer(onRequest);
  return createSecureServer({ cert: certificate.certificate, key: certificate.privateKey }, onRequest);
}

async function listenOnBoth(makeServer: () => Server, port: number, servers: Server[]): Promise<number> {
  const first = makeServer();
  servers.push(first);
  const bound = await listenOn(first, port, "127.0.0.1");
  const second = makeServer();
  try {
    await listenOn(second, bound, "::1");
    servers.push(second);
  } catch (error) {
    // A machine without IPv6 is no reason to fail; a taken port is, unless we chose it ourselves.
    if (port !== 0 && isAddressInUse(error)) throw error;
  }
  return bound;
}

function listenOn(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, () => {
      server.off("error", reject);
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function isAddressInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
