import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** An authorization response as the application receives it. */
export interface Arrival {
  method: string;
  parameters: Record<string, string>;
}

/** The application's end of a sign-in: a listener at its redirect URI. */
export interface Loopback {
  redirectUri: string;
  /** What came to the redirect URI, oldest first. */
  arrivals: Arrival[];
  close(): void;
}

/** Listens on a free port of the loopback interface. */
export async function listenOnLoopback(): Promise<Loopback> {
  const arrivals: Arrival[] = [];
  const server = createServer((request, response) => {
    void read(request).then((arrival) => {
      if (arrival !== undefined) arrivals.push(arrival);
      response
        .writeHead(arrival === undefined ? 404 : 200, { "content-type": "text/html" })
        .end("<h1>Welcome back</h1>");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The listener has no port");
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { redirectUri: `http://localhost:${address.port}/back`, arrivals, close };
}

/** The response in a request to the redirect URI; `undefined` for anything else a browser asks, such as an icon. */
async function read(request: IncomingMessage): Promise<Arrival | undefined> {
  const url = new URL(request.url ?? "", "http://localhost");
  if (url.pathname !== "/back") return undefined;
  const parameters = request.method === "POST" ? new URLSearchParams(await text(request)) : url.searchParams;
  return { method: request.method ?? "", parameters: Object.fromEntries(parameters) };
}
