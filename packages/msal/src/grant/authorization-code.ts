import { formatScopes } from "../protocol/scopes.ts";
import { anchorMailboxOfClientInfo } from "../protocol/routing.ts";
import { API_ID } from "../protocol/telemetry.ts";
import type { Grant } from "./grant.ts";

/** What the user's sign-in brought back. */
export interface AuthorizationCodeInput {
  readonly code: string;
  /** The redirect address of the authorization request, where it named one. */
  readonly redirectUri?: string | undefined;
  /** The verifier behind the authorization request's challenge (RFC 7636). */
  readonly codeVerifier?: string | undefined;
  readonly scopes: readonly string[];
  /** The `client_info` that came with the code. */
  readonly clientInfo?: string | undefined;
  /** Which call this serves. Default: authorization code. */
  readonly api?: typeof API_ID.authorizationCode | typeof API_ID.interactive;
}

/** Redeems an authorization code (RFC 6749, section 4.1.3). */
export function authorizationCode(input: AuthorizationCodeInput): Grant {
  const anchorMailbox = anchorMailboxOfClientInfo(input.clientInfo);
  return {
    parameters: {
      grant_type: "authorization_code",
      code: input.code,
      redirect_uri: input.redirectUri,
      code_verifier: input.codeVerifier,
      scope: formatScopes(input.scopes),
    },
    secrets: ["code", "code_verifier"],
    owner: input.code,
    api: input.api ?? API_ID.authorizationCode,
    ...(anchorMailbox !== undefined && { anchorMailbox }),
  };
}
