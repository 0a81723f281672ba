import { formatScopes } from "../protocol/scopes.ts";
import { API_ID } from "../protocol/telemetry.ts";
import type { Grant } from "./grant.ts";

/**
 * Asks for a token for the application itself (RFC 6749, section 4.4.2). There is no user, so the scopes stay as they
 * are.
 */
export function clientCredentials({ scopes }: { readonly scopes: readonly string[] }): Grant {
  return {
    parameters: { grant_type: "client_credentials", scope: formatScopes(scopes) },
    secrets: [],
    api: API_ID.forClient,
  };
}
