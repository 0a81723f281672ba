import type { IncomingMessage } from "node:http";

/** Why a request cannot be the browser's answer. The wait for that answer goes on. */
export interface Refusal {
  readonly status: number;
  /** For the person who looks at the page. */
  readonly reason: string;
  /** The methods that would have been taken, for `Allow`. */
  readonly allow?: string;
}

/** A `form_post` holds a code, a state and an id token: far below this. In bytes. */
const bodyLimit = 64 * 1024;

const notFound: Refusal = { status: 404, reason: "There is nothing here." };
const wrongHost: Refusal = { status: 403, reason: "This address can only be reached as localhost." };
const wrongMethod: Refusal = { status: 405, reason: "Only GET and POST are taken here.", allow: "GET, POST" };
const wrongType: Refusal = { status: 415, reason: "Only application/x-www-form-urlencoded is taken here." };
const tooLarge: Refusal = { status: 413, reason: "The form is larger than 64 KiB." };

/**
 * Reads the parameters that the identity provider sends through the browser: by GET in the query, by POST in the body
 * (OAuth 2.0 Form Post Response Mode). Rejects only when the connection breaks.
 */
export async function readRedirectRequest(request: IncomingMessage): Promise<URLSearchParams | Refusal> {
  const [path, query] = splitTarget(request.url ?? "");
  // A page of another site can make its own name point to 127.0.0.1 (DNS rebinding), but not change the Host header.
  if (!isLoopbackHost(request.headers.host)) return wrongHost;
  if (path !== "/") return notFound;
  if (request.method === "GET") return new URLSearchParams(query);
  if (request.method !== "POST") return wrongMethod;
  if (!isForm(request.headers["content-type"])) return wrongType;
  const body = await readBody(request);
  return body === undefined ? tooLarge : new URLSearchParams(body);
}

/** By hand: `new URL` throws for targets such as `//`. */
function splitTarget(target: string): [path: string, query: string] {
  const mark = target.indexOf("?");
  return mark === -1 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
}

function isLoopbackHost(host = ""): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host);
}

function isForm(contentType = ""): boolean {
  return contentType.split(";", 1)[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
}

/** Reads to the end even what is too large, keeping none of it: a browser shows no answer to a cut request. */
async function readBody(request: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  for await (const chunk of request) {
    size += chunk.byteLength;
    text = size <= bodyLimit ? text + decoder.decode(chunk, { stream: true }) : "";
  }
  return size <= bodyLimit ? text + decoder.decode() : undefined;
}
