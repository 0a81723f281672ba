import type { IncomingMessage } from "node:http";
import { request as send } from "node:https";
import { buffer } from "node:stream/consumers";

/** A fetch for which every host is at one place. The certificate there is checked against the host that is asked for. */
export function leadingFetch({ port }: URL): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { method, signal } = request;
    const { host, hostname, pathname, search } = new URL(request.url);
    const body = Buffer.from(await request.arrayBuffer());
    const headers = { ...Object.fromEntries(request.headers), host, "content-length": body.length };
    const place = { host: "127.0.0.1", port, servername: hostname, path: `${pathname}${search}` };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = send({ ...place, method, headers, agent: false, signal }, resolve);
      sent.on("error", reject).end(body);
    });
    return new Response(await buffer(response), { status: response.statusCode ?? 0 });
  };
}
