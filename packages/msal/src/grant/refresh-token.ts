import { anchorMailboxOfHomeAccount } from "../protocol/routing.ts";
import { formatScopes } from "../protocol/scopes.ts";
import { API_ID } from "../protocol/telemetry.ts";
import type { Grant } from "./grant.ts";

/** A refresh token, whose it is, and what it should be turned into. */
export interface RefreshTokenInput {
  readonly refreshToken: string;
  readonly scopes: readonly string[];
  readonly homeAccountId?: string | undefined;
  /** Which call this serves. Default: silent. */
  readonly api?: typeof API_ID.silent | typeof API_ID.refreshToken;
}

/** Turns a refresh token into new tokens (RFC 6749, section 6). */
export function refreshToken(input: RefreshTokenInput): Grant {
  const anchorMailbox = input.homeAccountId && anchorMailboxOfHomeAccount(input.homeAccountId);
  return {
    parameters: {
      grant_type: "refresh_token",
      refresh_token: input.refreshToken,
      scope: formatScopes(input.scopes),
    },
    secrets: ["refresh_token"],
    owner: input.homeAccountId || input.refreshToken,
    api: input.api ?? API_ID.silent,
    ...(anchorMailbox && { anchorMailbox }),
  };
}
