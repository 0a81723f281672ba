import type { IncomingMessage, RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Emulator } from "@msal-ts/emulator";

/** Leads requests for plain http addresses into the emulator too: the machine's own services are asked that way. */
export function plainProxy(emulator: Emulator): RequestListener {
  return (request, response) => {
    void forward(emulator, request).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  };
}

/** As a proxy the request names the whole address (RFC 9112, section 3.2.2). */
async function forward(emulator: Emulator, request: IncomingMessage): Promise<Response> {
  const { method = "GET", url = "" } = request;
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const body = await buffer(request);
  return emulator.fetch(url, { method, headers, ...(method === "GET" ? {} : { body: new Uint8Array(body) }) });
}
