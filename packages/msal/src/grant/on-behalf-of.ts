import { formatScopes } from "../protocol/scopes.ts";
import { API_ID } from "../protocol/telemetry.ts";
import type { Grant } from "./grant.ts";

/** What an API got from its caller, and what it wants for it. */
export interface OnBehalfOfInput {
  /** The access token that the API was called with. */
  readonly assertion: string;
  readonly scopes: readonly string[];
}

/**
 * Exchanges the token that an API was called with for one to the next API, for the same user (RFC 7523, section 2.1).
 *
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-on-behalf-of-flow
 */
export function onBehalfOf({ assertion, scopes }: OnBehalfOfInput): Grant {
  return {
    parameters: {
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion,
      requested_token_use: "on_behalf_of",
      scope: formatScopes(scopes),
    },
    secrets: ["assertion"],
    owner: assertion,
    api: API_ID.onBehalfOf,
  };
}
