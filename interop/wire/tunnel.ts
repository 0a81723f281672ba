import { createServer } from "node:http";
import { connect, type Socket } from "node:net";

/** A proxy on loopback that leads whatever a library asks for to one place, so that every host is the emulator. */
export interface Tunnel extends AsyncDisposable {
  readonly url: string;
  /** The port that all connections end at. */
  target: number;
}

/** Takes `CONNECT` (RFC 9110, section 9.3.6), without a look at the host that is asked for. */
export async function openTunnel(): Promise<Tunnel> {
  const sockets = new Set<Socket>();
  const server = createServer();
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
    upstream.on("error", () => client.resetAndDestroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The tunnel has no port.");
  const tunnel: Tunnel = {
    url: `http://127.0.0.1:${address.port}`,
    target: 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
  return tunnel;
}
