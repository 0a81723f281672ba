import type { HttpClient, HttpResponse } from "../http/http-client.ts";
import type { RequestContext } from "./request-context.ts";

/** Asks one of an authority's public documents. `secrets` are parts of the address that no message may show. */
export function get(
  http: HttpClient,
  url: string,
  { correlationId, signal }: RequestContext,
  secrets: readonly string[] = [],
): Promise<HttpResponse> {
  return http({
    method: "GET",
    url,
    headers: { accept: "application/json" },
    correlationId,
    secrets,
    ...(signal !== undefined && { signal }),
  });
}
