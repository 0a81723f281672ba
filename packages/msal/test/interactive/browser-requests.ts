import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What a test sends in the browser's place. */
export interface Sent {
  method?: string;
  path?: string;
  /** Default: 127.0.0.1. */
  address?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What came back. */
export interface Received {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends one request over a connection of its own. Unlike fetch it can set any Host header. */
export async function send(port: number, sent: Sent = {}): Promise<Received> {
  const { method = "GET", path = "/", address = "127.0.0.1", body } = sent;
  const headers = { Host: `localhost:${port}`, ...sent.headers };
  const outgoing = httpRequest({ host: address, port, method, path, headers, agent: false });
  const answered = new Promise<Received>((resolve, reject) => {
    outgoing.once("error", reject);
    outgoing.once("response", (incoming) => {
      const whole = (html: string): Received => ({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        body: html,
      });
      text(incoming).then((html) => resolve(whole(html)), reject);
    });
  });
  outgoing.end(body);
  return answered;
}

/** Sends a form as the identity provider's form_post page does. */
export function post(
  port: number,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Received> {
  const form = { "Content-Type": "application/x-www-form-urlencoded", ...headers };
  return send(port, { method: "POST", headers: form, body: new URLSearchParams(fields).toString() });
}

/** Opens a connection that says nothing, as browsers do ahead of need. */
export async function openIdleConnection(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Holds a port until `release`; rejects when it is taken. */
export async function holdPort(port: number, host: string): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer();
  server.listen({ port, host });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, release: () => new Promise((resolve) => void server.close(() => resolve())) };
}

/** Whether this machine has ::1. */
export const hasIpv6: boolean = await holdPort(0, "::1").then(
  async ({ release }) => {
    await release();
    return true;
  },
  () => false,
);

/** Takes the port on every loopback address and gives it back; rejects when somebody still holds it. */
export async function expectFree(port: number): Promise<void> {
  for (const host of hasIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"]) {
    const { release } = await holdPort(port, host);
    await release();
  }
}
