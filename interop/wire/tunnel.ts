import { createServer, type RequestListener } from "node:http";
import { connect, type Socket } from "node:net";

/** A proxy on loopback that leads whatever a library asks for to one place, so that every host is the emulator. */
export interface Tunnel extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** The port that all connections to https addresses end at. */
  target: number;
  /** Answers requests for plain http addresses. */
  answerPlain: RequestListener;
}

/** Takes `CONNECT` (RFC 9110, section 9.3.6), without a look at the host that is asked for. */
export async function openTunnel(): Promise<Tunnel> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => tunnel.answerPlain(request, response));
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("connect", (_, client: Socket) => {
    const upstream = connect(tunnel.target, "127.0.0.1", () =>
      client.write("HTTP/1.1 200 Connection established\r\n\r\n"),
    );
    client.pipe(upstream).pipe(client);
    // A connection that is lost on one side is lost on the other.
    client.on("error", () => upstream.destroy()).on("close", () => upstream.destroy());
    upstream.on("error", () => client.resetAndDestroy()).on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The tunnel has no port.");
  const tunnel: Tunnel = {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    target: 0,
    answerPlain: (_, response) => void response.writeHead(404).end(),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
  return tunnel;
}
