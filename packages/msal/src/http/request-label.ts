import { redact } from "../error/redact.ts";
import type { HttpRequest } from "./http-client.ts";

/** How messages and log lines name a request: method, host and path. The query and the request's secrets stay out. */
export function requestLabel({ method, url, secrets }: Pick<HttpRequest, "method" | "url" | "secrets">): string {
  const { host, pathname } = new URL(url);
  return redact(`${method} ${host}${pathname}`, secrets);
}
