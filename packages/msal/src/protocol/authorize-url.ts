import { encodeForm } from "./form.ts";
import type { WireParameters } from "./form.ts";

/**
 * The address that the user's browser opens to sign in (RFC 6749, section 4.1.1). A query that the endpoint has of its
 * own is kept; parameters without a value are left out.
 */
export function buildAuthorizeUrl(endpoint: string, parameters: WireParameters): string {
  const query = encodeForm(parameters);
  if (query === "") return endpoint;
  return `${endpoint}${endpoint.includes("?") ? "&" : "?"}${query}`;
}
