import type { HttpRequest } from "./http-client.ts";

/** Whether a request carries a form, as all of OAuth's do; those to WS-Trust carry XML. */
export function isForm({ headers }: Pick<HttpRequest, "headers">): boolean {
  return headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
}

/** The fields of the form that a request carries; `undefined` where it carries something else. */
export function formOf(request: Pick<HttpRequest, "headers" | "body">): URLSearchParams | undefined {
  return isForm(request) ? new URLSearchParams(request.body) : undefined;
}
