import { once } from "node:events";
import { createServer, type IncomingMessage, request as httpRequest } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A proxy on this machine that notes what it is asked for. */
export interface TestProxy {
  /** `127.0.0.1:port` */
  readonly host: string;
  /** What was asked for: `CONNECT login.contoso.test:443`, `GET http://…`. */
  readonly lines: string[];
}

/** How a {@link TestProxy} behaves. */
export interface TestProxyOptions {
  /** Where the names lead: every host is served by the server at this port of this machine. */
  readonly port: number;
  /** `name:password`, without which it answers 407. */
  readonly credentials?: string;
  /** Answers everything with this status. */
  readonly status?: number;
}

/**
 * Starts a proxy that makes tunnels and hands plain requests on (RFC 9110, sections 7.6 and 9.3.6). It knows all names,
 * which DNS does not: what arrives has come through it. Closed when the test has finished.
 */
export async function startProxy({ port, credentials, status }: TestProxyOptions): Promise<TestProxy> {
  const lines: string[] = [];
  const open = new Set<Socket>();
  const refusal = ({ headers }: IncomingMessage): number | undefined => {
    const expected = `Basic ${Buffer.from(credentials ?? "").toString("base64")}`;
    return credentials === undefined || headers["proxy-authorization"] === expected ? status : 407;
  };
  const server = createServer((request, response) => {
    lines.push(`${request.method} ${request.url}`);
    const refused = refusal(request);
    if (refused !== undefined) return void response.writeHead(refused).end();
    const { "proxy-authorization": _, ...headers } = request.headers;
    const { pathname, search } = new URL(request.url ?? "");
    const onward = httpRequest({ port, host: "127.0.0.1", method: request.method, path: pathname + search, headers });
    onward.on("response", (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.headers)));
    request.pipe(onward);
  });
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    lines.push(`CONNECT ${request.url}`);
    const refused = refusal(request);
    if (refused !== undefined) return void socket.end(`HTTP/1.1 ${refused} Refused\r\n\r\n`);
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connected\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    for (const each of [onward, socket]) each.on("error", () => onward.destroy());
    open.add(onward);
  });
  server.on("connection", (socket) => void open.add(socket));
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await once(server.close(), "close");
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, lines };
}
