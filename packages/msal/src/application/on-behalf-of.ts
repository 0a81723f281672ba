import { type CallOptions, startCall } from "./call-options.ts";
import { readThrough } from "./read-through.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { onBehalfOf } from "../grant/on-behalf-of.ts";
import { parseClaimsChallenge } from "../protocol/claims.ts";
import { hex, sha256 } from "../protocol/digest.ts";
import { checkScopes, decorateScopes } from "../protocol/scopes.ts";

/** What `acquireTokenOnBehalfOf` takes beside assertion and scopes. */
export interface OnBehalfOfOptions extends CallOptions {
  /** The `claims` of the downstream API's challenge, as JSON. Cached tokens are left aside. */
  claimsChallenge?: string;
}

/**
 * Exchanges the token that a caller presented for one to a downstream API. Kept per presented token, so that the same
 * caller's next request costs nothing, and never serves another's.
 */
export async function acquireOnBehalfOf(
  services: Services,
  userAssertion: string,
  scopes: readonly string[],
  options: OnBehalfOfOptions,
): Promise<AuthResult> {
  const { configuration, tokens } = services;
  const { authority, excludeScopes } = configuration;
  checkUserAssertion(userAssertion);
  const asked = checkScopes(scopes);
  const decorated = decorateScopes(asked, excludeScopes);
  const context = startCall(options);
  const { claimsChallenge } = options;
  if (claimsChallenge !== undefined) parseClaimsChallenge(claimsChallenge);
  const userAssertionHash = hex(await sha256(userAssertion));

  const question = { authority, query: { scopes: asked, userAssertionHash }, claimsChallenge, context };
  return readThrough(services, question, {
    exchanges: services.exchanges,
    exchange: (shared, reason) =>
      tokens({
        grant: onBehalfOf({ assertion: userAssertion, scopes: decorated }),
        authority,
        scopes: decorated,
        context: shared,
        claimsChallenge,
        reason,
        event: { user_assertion_hash: userAssertionHash },
      }),
  });
}

function checkUserAssertion(userAssertion: unknown): void {
  if (typeof userAssertion === "string" && userAssertion !== "" && !/^bearer\s/i.test(userAssertion)) return;
  throw new MsalArgumentError(
    "invalid_option",
    "userAssertion",
    'must be the access token that the caller presented, without the word "Bearer"',
  );
}
