import { type CacheQuestion, completeQuery, ownerOf, skipsAccessTokens } from "./cache-question.ts";
import { type CacheHit, findCachedToken, refreshReason } from "./cached-token.ts";
import type { CallContext } from "./call-options.ts";
import type { Exchanges } from "./exchanges.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import type { TokenCache } from "../cache/token-cache.ts";
import { REFRESH_REASON, type RefreshReason } from "../protocol/telemetry.ts";

/** What answers a question when the cache does not. */
export interface Fallback<R extends AuthResult | null> {
  /** Where equal requests meet. */
  readonly exchanges: Exchanges<AuthResult | R>;
  /** Asks the identity provider. Runs once for all equal requests, under a signal of its own. */
  readonly exchange: (context: CallContext, reason: RefreshReason) => Promise<R>;
}

/**
 * Cache first: a valid token is given at once, and an aging one too while its renewal runs; else the exchange, which
 * equal requests share.
 */
export async function readThrough<R extends AuthResult | null>(
  services: Services,
  question: CacheQuestion,
  { exchanges, exchange }: Fallback<R>,
): Promise<AuthResult | R> {
  const { context } = question;
  const skipsCache = skipsAccessTokens(question);
  const located = completeQuery(services, question);
  // A wait for what is known already would cost more than the look-up.
  const query = located instanceof Promise ? await located : located;
  const owner = ownerOf(query);
  const opened = services.configuration.caches.open(owner, context);
  const cache = opened instanceof Promise ? await opened : opened;
  const { correlationId } = context;
  const find = (held: TokenCache, refusesAging: boolean): CacheHit | undefined =>
    skipsCache
      ? undefined
      : findCachedToken(services, held, query, { correlationId, account: question.account, refusesAging });
  const hit = find(cache, false);
  if (hit !== undefined && !hit.aging) {
    tell(services, question, "a valid token is given");
    return hit.response;
  }

  const reason = refreshReason(cache, query, { skipsCache, isHit: hit !== undefined });
  tell(services, question, decisions[reason]);
  const run = (signal: AbortSignal): Promise<AuthResult | R> =>
    services.configuration.caches.exclusively(
      owner,
      async (anew) => {
        // While we waited for our turn somebody else may have got what we want.
        const renewed = find(anew, true);
        return renewed?.response ?? exchange({ ...context, signal }, reason);
      },
      { signal, scopes: query.scopes },
    );
  const key = keyOf(question, skipsCache);
  if (hit === undefined) return exchanges.share(key, run, context.signal);
  exchanges.renewInBackground(key, run);
  return hit.response;
}

/** What the log says of the reason. */
const decisions: Readonly<Record<RefreshReason, string>> = {
  [REFRESH_REASON.notSilent]: "it is not asked",
  [REFRESH_REASON.forced]: "its tokens are left aside, as the call wants",
  [REFRESH_REASON.noToken]: "no token fits",
  [REFRESH_REASON.expired]: "the token that fits has ended",
  [REFRESH_REASON.aging]: "a token is given that ages, and renewed in the background",
};

function tell({ configuration }: Services, { query, context }: CacheQuestion, decision: string): void {
  configuration.logger.debug?.(`Cache: ${decision} (${query.scopes.join(" ")}; ${context.correlationId}).`);
}

/** What makes two exchanges equal: all that changes the request, which is not who asks nor when. */
function keyOf(question: CacheQuestion, skipsCache: boolean): string {
  const { authority, query, claimsChallenge, context } = question;
  const { homeAccountId, userAssertionHash, scopes } = query;
  const whose = homeAccountId ?? userAssertionHash;
  return JSON.stringify([authority.url, whose, scopes.toSorted(), skipsCache, claimsChallenge, context.data]);
}
