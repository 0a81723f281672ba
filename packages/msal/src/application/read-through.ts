import { type CacheQuestion, completeQuery, ownerOf, skipsAccessTokens } from "./cache-question.ts";
import { type CachedTokenSearch, type CacheHit, findCachedToken, refreshReason } from "./cached-token.ts";
import type { CallContext } from "./call-options.ts";
import type { Exchanges } from "./exchanges.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import type { AccessTokenQuery } from "../cache/access-token-query.ts";
import type { TokenCache } from "../cache/token-cache.ts";
import { REFRESH_REASON, type RefreshReason } from "../protocol/telemetry.ts";
import { atOnce } from "../runtime/at-once.ts";

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
export function readThrough<R extends AuthResult | null>(
  services: Services,
  question: CacheQuestion,
  fallback: Fallback<R>,
): AuthResult | R | Promise<AuthResult | R> {
  const { caches } = services.configuration;
  return atOnce(completeQuery(services, question), (query) =>
    atOnce(caches.open(ownerOf(query), question.context), (cache) => {
      const hit = lookUp(services, cache, question, query);
      if (hit === undefined || hit.aging) return goOn(services, { question, query, cache, hit }, fallback);
      tell(services, question, "a valid token is given");
      return hit.response;
    }),
  );
}

function lookUp(
  services: Services,
  cache: TokenCache,
  question: CacheQuestion & CachedTokenSearch,
  query: AccessTokenQuery,
): CacheHit | undefined {
  return skipsAccessTokens(question) ? undefined : findCachedToken(services, cache, query, question);
}

/** A look into the cache that did not end the matter. */
interface Look {
  readonly question: CacheQuestion;
  readonly query: AccessTokenQuery;
  readonly cache: TokenCache;
  /** A token that is valid but ages. */
  readonly hit: CacheHit | undefined;
}

function goOn<R extends AuthResult | null>(
  services: Services,
  { question, query, cache, hit }: Look,
  { exchanges, exchange }: Fallback<R>,
): AuthResult | Promise<AuthResult | R> {
  const { context } = question;
  const skipsCache = skipsAccessTokens(question);
  const reason = refreshReason(cache, query, { skipsCache, isHit: hit !== undefined });
  tell(services, question, decisions[reason]);
  const run = (signal: AbortSignal): Promise<AuthResult | R> =>
    services.configuration.caches.exclusively(
      ownerOf(query),
      async (anew) => {
        // While we waited for our turn somebody else may have got what we want.
        const renewed = lookUp(services, anew, { ...question, refusesAging: true }, query);
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
