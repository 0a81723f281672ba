import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { listenerError } from "./listener-error.ts";
import { bindLoopback, type Bound } from "./loopback-ports.ts";

/**
 * Starts an HTTP server that only this machine can reach. Port 0 asks for any free port.
 *
 * `close` gives the port back at once: connections that are still open, idle or not, are cut.
 *
 * @throws {MsalError} `listener_failed`: the port is busy, or the system does not permit it.
 */
export async function startLoopbackServer(port: number, handler: RequestListener): Promise<Bound> {
  try {
    return await bindLoopback(port, (host, at) => listen(host, at, handler));
  } catch (error) {
    throw listenerError(port, error);
  }
}

async function listen(host: string, port: number, handler: RequestListener): Promise<Bound> {
  const server = createServer(handler);
  // Exclusive: in a worker of node:cluster the port would be shared, and another worker could get the answer.
  server.listen({ host, port, exclusive: true });
  await once(server, "listening");
  // A connection that cannot be accepted (too many open files) is its own loss, but unheard it would end the process.
  server.on("error", () => undefined);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The listener has no port.");
  return { port: address.port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
