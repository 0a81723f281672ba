import { text } from "node:stream/consumers";
import { sendInto, sendTo, type Connection, type Message } from "../connection.ts";
import { isLoopback } from "./loopback.ts";

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
}

/** Loads a page without following redirects: of this machine, or else of the emulator, which plays every other host. */
export async function load(emulator: Connection, url: URL, { method, form, cookie }: PageRequest): Promise<Page> {
  const message: Message = {
    method,
    headers: {
      accept: "text/html",
      ...(cookie === undefined || cookie === "" ? {} : { cookie }),
      ...(method === "POST" ? { "content-type": "application/x-www-form-urlencoded" } : {}),
    },
    body: form === undefined ? "" : new URLSearchParams(form).toString(),
  };
  const response = await (isLoopback(url) ? sendTo(url, message, emulator.ca) : sendInto(emulator, url, message));
  return {
    url,
    status: response.statusCode ?? 0,
    location: response.headers.location,
    cookies: response.headers["set-cookie"] ?? [],
    body: await text(response),
  };
}
