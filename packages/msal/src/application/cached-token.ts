import { accountsOf } from "./account.ts";
import type { CacheQuestion } from "./cache-question.ts";
import type { TokenResponse } from "./result.ts";
import type { Services } from "./services.ts";
import type { AccessTokenQuery } from "../cache/access-token-query.ts";
import type { AccessTokenEntry } from "../cache/schema.ts";
import type { TokenCache } from "../cache/token-cache.ts";
import { REFRESH_REASON, type RefreshReason } from "../protocol/telemetry.ts";

/** A cached token, and whether it is time to renew it although it still is valid. */
export interface CacheHit {
  readonly response: TokenResponse;
  readonly aging: boolean;
}

/** How a call looks for a token. */
export interface CachedTokenSearch extends Pick<CacheQuestion, "context" | "account"> {
  /** Leaves a token aside that it is time to renew. */
  readonly refusesAging?: boolean;
}

/** Looks for a valid access token. */
export function findCachedToken(
  { telemetry }: Services,
  cache: TokenCache,
  query: AccessTokenQuery,
  { context, account, refusesAging = false }: CachedTokenSearch,
): CacheHit | undefined {
  const now = cache.now();
  const entry = cache.findAccessToken(query, now);
  if (entry === undefined) return undefined;
  const aging = isAging(entry, now);
  if (aging && refusesAging) return undefined;
  telemetry.silentHit();
  const { home_account_id: homeAccountId } = entry;
  const owner = account ?? (homeAccountId ? accountsOf(cache.findAccounts({ ...query, homeAccountId }))[0] : undefined);
  const response = responseOf(entry, now, context.correlationId);
  if (owner !== undefined) response.account = { ...owner };
  return { response, aging };
}

/** Whether it is time to renew a token although it still is valid. */
export function isAging({ refresh_on }: AccessTokenEntry, now: number): boolean {
  return Number(refresh_on || Infinity) <= now;
}

/** Why the cache was of no use to a call that looks into it first. */
export type CacheMissReason = Exclude<RefreshReason, typeof REFRESH_REASON.notSilent>;

/** Why the network is asked after all: what the telemetry header says about the cache. */
export function refreshReason(
  cache: TokenCache,
  query: AccessTokenQuery,
  { skipsCache, isHit }: { readonly skipsCache: boolean; readonly isHit: boolean },
): CacheMissReason {
  if (skipsCache) return REFRESH_REASON.forced;
  return isHit ? REFRESH_REASON.aging : missReason(cache, query);
}

function missReason(cache: TokenCache, query: AccessTokenQuery): CacheMissReason {
  const { clientId: client_id, homeAccountId, userAssertionHash: user_assertion_hash, scopes: target } = query;
  const key_id = query.keyId ?? null;
  // By realm, so that the index leads to the scope: a miss must not walk the client's other tokens.
  const isExpired = query.realms.some((realm) => {
    const whose = {
      ...(homeAccountId !== undefined && { home_account_id: homeAccountId }),
      ...(user_assertion_hash !== undefined && { user_assertion_hash }),
    };
    return cache.find("AccessToken", { target, query: { client_id, realm, key_id, ...whose } }).length > 0;
  });
  return isExpired ? REFRESH_REASON.expired : REFRESH_REASON.noToken;
}

function responseOf(entry: AccessTokenEntry, now: number, correlationId: string): TokenResponse {
  const response: TokenResponse = {
    access_token: entry.secret,
    token_type: entry.token_type,
    expires_in: Number(entry.expires_on) - now,
    scope: entry.target,
    token_source: "cache",
    correlation_id: correlationId,
  };
  if (entry.refresh_on) response.refresh_on = Number(entry.refresh_on);
  return response;
}
