import type { IncomingMessage } from "node:http";
import { sendInto, type Connection } from "./connection.ts";
import { cloudShellHost, metadataServiceHost } from "./nearby.ts";

/** As many as the Fetch Standard allows. */
const redirectLimit = 20;
const withoutBody: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** Makes the `fetch` of one emulator, which takes it for every host that speaks https. */
export function createFetch(emulator: Connection): typeof globalThis.fetch {
  return async (input, init) => {
    let request = new Request(input, init);
    for (let redirects = 0; redirects <= redirectLimit; redirects++) {
      const response = await answerOf(emulator, request);
      const location = response.headers.get("location");
      if (location === null || response.status < 300 || response.status > 399) return response;
      if (request.redirect === "manual") return response;
      if (request.redirect === "error") throw failed(new Error("The answer is a redirect"));
      request = follow(request, new URL(location, request.url), response.status);
    }
    throw failed(new Error("Too many redirects"));
  };
}

async function answerOf(emulator: Connection, request: Request): Promise<Response> {
  const url = new URL(request.url);
  refuseForeign(emulator, url);
  const { method, signal } = request;
  const headers = { accept: "*/*", ...Object.fromEntries(request.headers) };
  // Of the request that may be sent again this is a copy.
  const body = new Uint8Array(await request.clone().arrayBuffer());
  const answer = await sendInto(emulator, url, { method, headers, body, signal }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : failed(error);
  });
  return readResponse(answer);
}

/** Nothing may reach the network by accident; plain http is the emulator's own, if it speaks it, or a machine's. */
function refuseForeign({ port }: Connection, { protocol, host }: URL): void {
  const played = [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, metadataServiceHost, cloudShellHost];
  if (protocol === "https:" || played.includes(host)) return;
  throw failed(new Error(`emulator.fetch takes https addresses of any host, and its own: got "${protocol}//${host}"`));
}

function readResponse(answer: IncomingMessage): Response {
  const status = answer.statusCode ?? 0;
  const headers = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const body = withoutBody.has(status) ? null : bodyOf(answer);
  return new Response(body, { status, statusText: answer.statusMessage ?? "", headers });
}

function bodyOf(answer: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      answer
        .on("data", (chunk: Uint8Array) => controller.enqueue(chunk))
        .on("end", () => controller.close())
        .on("error", (cause) => controller.error(new TypeError("terminated", { cause })));
    },
    cancel: () => void answer.destroy(),
  });
}

/** A POST becomes a GET where a browser makes it one (Fetch Standard, section 4.4). */
function follow(request: Request, url: URL, status: number): Request {
  const { method, redirect, signal } = request;
  const turns = status === 303 ? method !== "HEAD" : (status === 301 || status === 302) && method === "POST";
  if (!turns) return new Request(url, request);
  return new Request(url, { method: "GET", redirect, signal, headers: withoutContent(request.headers) });
}

function withoutContent(headers: Headers): Headers {
  return new Headers([...headers].filter(([name]) => !name.startsWith("content-")));
}

/** What the platform's own fetch rejects with. */
function failed(cause: unknown): TypeError {
  return new TypeError("fetch failed", { cause });
}
