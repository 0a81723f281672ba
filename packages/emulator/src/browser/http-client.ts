import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";

/** A page as it came over the wire. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly location: string | undefined;
  readonly cookies: readonly string[];
  readonly body: string;
}

/** What to send. */
export interface PageRequest {
  readonly method: "GET" | "POST";
  readonly form?: Readonly<Record<string, string>>;
  readonly cookie?: string;
  /** PEM of a CA to trust. The global fetch has no place for one, so it is not used here. */
  readonly ca?: string | undefined;
}

/** Loads a page without following redirects. */
export async function load(url: URL, { method, form, cookie, ca }: PageRequest): Promise<Page> {
  const body = form === undefined ? "" : new URLSearchParams(form).toString();
  const headers = {
    accept: "text/html",
    ...(cookie === undefined || cookie === "" ? {} : { cookie }),
    ...(method === "POST" ? { "content-type": "application/x-www-form-urlencoded" } : {}),
    "content-length": Buffer.byteLength(body),
  };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method, headers, agent: false, ...(ca === undefined ? {} : { ca }) };
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    send(url, options, resolve).on("error", reject).end(body);
  });
  return {
    url,
    status: response.statusCode ?? 0,
    location: response.headers.location,
    cookies: response.headers["set-cookie"] ?? [],
    body: await text(response),
  };
}
