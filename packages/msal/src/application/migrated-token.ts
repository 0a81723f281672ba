import { type CallOptions, startCall } from "./call-options.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { refreshToken as refreshTokenGrant } from "../grant/refresh-token.ts";
import { checkScopes, decorateScopes } from "../protocol/scopes.ts";
import { API_ID, REFRESH_REASON } from "../protocol/telemetry.ts";

/** Brings a refresh token from elsewhere into the cache (RFC 6749, section 6). */
export async function acquireByRefreshToken(
  { configuration, tokens }: Services,
  refreshToken: string,
  scopes: readonly string[],
  options: CallOptions,
): Promise<AuthResult> {
  if (typeof refreshToken !== "string" || refreshToken === "") {
    throw new MsalArgumentError("invalid_option", "refreshToken", "must be the refresh token to bring in");
  }
  const asked = decorateScopes(checkScopes(scopes, { allowEmpty: true }), configuration.excludeScopes);
  return tokens({
    grant: refreshTokenGrant({ refreshToken, scopes: asked, api: API_ID.refreshToken }),
    authority: configuration.authority,
    scopes: asked,
    context: startCall(options),
    // The cache is left aside here as with `forceRefresh`, and the provider counts it so.
    reason: REFRESH_REASON.forced,
  });
}
