/** The proxy of a company's network, for the test of `../behind-a-proxy.ts`: every host is the server at one port. */
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

export interface CompanyProxy extends AsyncDisposable {
  /** `127.0.0.1:3128` */
  readonly host: string;
  /** The hosts that tunnels were asked for. */
  readonly asked: (string | undefined)[];
}

/** @param credentials - `name:password`, without which nobody gets through. */
export async function startCompanyProxy(port: number, credentials?: string): Promise<CompanyProxy> {
  const wanted = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
  const asked: CompanyProxy["asked"] = [];
  const sockets = new Set<Socket>();
  const server = createServer().on("connect", ({ url, headers }, client: Socket) => {
    asked.push(url);
    if (headers["proxy-authorization"] !== wanted) return void client.end("HTTP/1.1 407 Who are you\r\n\r\n");
    const host = connect(port, "127.0.0.1", () => client.write("HTTP/1.1 200 Go on\r\n\r\n"));
    for (const each of [client, host]) sockets.add(each.on("error", () => each.destroy()));
    client.pipe(host).pipe(client);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), "close");
    },
  };
}
