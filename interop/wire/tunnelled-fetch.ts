import { type IncomingMessage, request } from "node:http";
import { request as requestSecurely } from "node:https";
import type { Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { connect } from "node:tls";

/** Where the network is. */
export interface Network {
  /** The port of the tunnel. */
  readonly port: number;
  /** The CA to trust. */
  readonly ca: string;
}

/** The platform's fetch on a machine whose network is the tunnel: the way that MSAL Python takes by its `proxies`. */
export function tunnelledFetch({ port, ca }: Network): typeof fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const url = new URL(asked.url);
    const body = Buffer.from(await asked.arrayBuffer());
    // Fetch itself adds the first, a Request does not show it yet.
    const headers = {
      accept: "*/*",
      ...Object.fromEntries(asked.headers),
      host: url.host,
      "content-length": body.length,
    };
    const { method, signal } = asked;
    const common = { method, signal } as const;
    const socket = url.protocol === "https:" ? await openTo(url, port) : undefined;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const sent =
        socket === undefined
          ? request({ ...common, agent: false, port, host: "127.0.0.1", path: url.href, headers })
          : requestSecurely(url, {
              ...common,
              headers,
              createConnection: () => connect({ socket, ca, servername: url.hostname }),
            });
      sent.on("response", resolve).on("error", reject).end(body);
    });
    const answer = new Response(await buffer(response), { status: response.statusCode ?? 0 });
    for (const [name, values = []] of Object.entries(response.headersDistinct)) {
      answer.headers.set(name, values.join(", "));
    }
    return answer;
  };
}

/** A connection through the tunnel. */
function openTo({ hostname, port: ofUrl }: URL, port: number): Promise<Socket> {
  const authority = `${hostname}:${ofUrl === "" ? 443 : ofUrl}`;
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method: "CONNECT", path: authority, agent: false });
    sent
      .on("connect", (_, socket) => resolve(socket))
      .on("error", reject)
      .end();
  });
}
