import type { IncomingMessage } from "node:http";
import { request as send } from "node:https";
import { buffer } from "node:stream/consumers";

/** A fetch that trusts the CA of a test: the global one takes none but the machine's. */
export function trustingFetch(ca: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { method, signal } = request;
    const body = Buffer.from(await request.arrayBuffer());
    const headers = { ...Object.fromEntries(request.headers), "content-length": body.length };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      send(request.url, { method, headers, ca, agent: false, signal }, resolve).on("error", reject).end(body);
    });
    const answer = new Response(await buffer(response), { status: response.statusCode ?? 0 });
    for (const [name, values = []] of Object.entries(response.headersDistinct)) {
      answer.headers.set(name, values.join(", "));
    }
    return answer;
  };
}
