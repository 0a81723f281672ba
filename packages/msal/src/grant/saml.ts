import { encodeBase64url } from "../protocol/base64url.ts";
import { anchorMailboxOfUsername } from "../protocol/routing.ts";
import { formatScopes } from "../protocol/scopes.ts";
import { API_ID } from "../protocol/telemetry.ts";
import type { Grant } from "./grant.ts";

/** What the organisation's identity provider says of a user, and what it should be turned into. */
export interface SamlInput {
  /** The assertion as XML, to the character as it was received: a signature covers it. */
  readonly assertion: string;
  /** The version of SAML that it is written in. */
  readonly version: "1.1" | "2.0";
  readonly username: string;
  readonly scopes: readonly string[];
}

/** RFC 7522, section 2.1; and Entra ID's own name for the older version. */
const grantTypes = {
  "1.1": "urn:ietf:params:oauth:grant-type:saml1_1-bearer",
  "2.0": "urn:ietf:params:oauth:grant-type:saml2-bearer",
} as const;

/** Turns the assertion of a federated identity provider into tokens (RFC 7522, section 2.1). */
export function saml(input: SamlInput): Grant {
  const anchorMailbox = anchorMailboxOfUsername(input.username);
  return {
    parameters: {
      grant_type: grantTypes[input.version],
      assertion: encodeBase64url(new TextEncoder().encode(input.assertion)),
      scope: formatScopes(input.scopes),
    },
    secrets: ["assertion"],
    owner: input.username,
    api: API_ID.password,
    ...(anchorMailbox !== undefined && { anchorMailbox }),
  };
}
