import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";

/**
 * The platform's fetch on a machine whose services of its own are reached through a proxy on loopback. Only they are
 * asked by it, over plain HTTP: providers are reached as `proxies` and `verify` say.
 */
export function nearbyFetch(port: number): typeof fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const { method, signal, url } = asked;
    if (!url.startsWith("http:")) throw new TypeError(`The platform's fetch was asked for ${url}.`);
    const body = Buffer.from(await asked.arrayBuffer());
    // Fetch itself adds the first, a Request does not show it yet.
    const headers = { accept: "*/*", ...Object.fromEntries(asked.headers), host: new URL(url).host };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port, path: url, method, headers, signal, agent: false });
      sent.on("response", resolve).on("error", reject).end(body);
    });
    const type = response.headers["content-type"];
    return new Response(await buffer(response), {
      status: response.statusCode ?? 0,
      ...(type !== undefined && { headers: { "content-type": type } }),
    });
  };
}
