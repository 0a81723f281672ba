import type { Account } from "./account.ts";
import { type CacheHit, findCachedToken, missReason } from "./cached-token.ts";
import type { CallContext } from "./call-options.ts";
import type { Exchanges } from "./exchanges.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import type { Authority } from "../authority/authority.ts";
import type { AuthorityResolver } from "../authority/resolver.ts";
import type { AccessTokenQuery } from "../cache/access-token-query.ts";
import { bindingOf } from "../protocol/bound-token.ts";
import { isTenantIndependent } from "../protocol/realm.ts";
import { REFRESH_REASON, type RefreshReason } from "../protocol/telemetry.ts";

/** A question that the cache may answer. */
interface Question {
  readonly authority: Authority;
  /** Knows the place in the cache. Default: the resolver for users. */
  readonly authorities?: AuthorityResolver;
  /** Whose token; which scopes; the place in the cache is found out here. */
  readonly query: Pick<AccessTokenQuery, "homeAccountId" | "scopes" | "userAssertionHash">;
  /** Named in the response. Default: the account that the cache knows. */
  readonly account?: Account;
  readonly claimsChallenge: string | undefined;
  /** Leaves the access tokens of the cache aside. A claims challenge does so too. */
  readonly forceRefresh?: boolean;
  readonly context: CallContext;
}

/** The question, and the exchange that answers it when the cache does not. */
export interface CachedRequest<R extends AuthResult | null> extends Question {
  /** Where equal requests meet. */
  readonly exchanges: Exchanges<R>;
  /** Asks the identity provider. Runs once for all equal requests, under a signal of its own. */
  exchange(context: CallContext, reason: RefreshReason): Promise<R>;
}

/**
 * Cache first: a valid token is given at once, and an aging one too while its renewal runs; else the exchange, which
 * equal requests share.
 */
export async function readThrough<R extends AuthResult | null>(
  services: Services,
  request: CachedRequest<R>,
): Promise<AuthResult | R> {
  const { context, claimsChallenge, exchanges } = request;
  const skipsCache = request.forceRefresh === true || claimsChallenge !== undefined;
  const located = completeQuery(services, request);
  // A wait for what is known already would cost more than the look-up.
  const query = located instanceof Promise ? await located : located;
  const hit = skipsCache ? undefined : findCachedToken(services, query, context.correlationId, request.account);
  if (hit !== undefined && !hit.aging) {
    tell(services, request, "a valid token is given");
    return hit.response;
  }

  const reason = skipsCache ? REFRESH_REASON.forced : reasonFor(services, query, hit);
  tell(services, request, decisions[reason]);
  const run = (signal: AbortSignal): Promise<R> => request.exchange({ ...context, signal }, reason);
  const key = keyOf(request, skipsCache);
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

function tell({ configuration }: Services, { query, context }: Question, decision: string): void {
  configuration.logger.debug?.(`Cache: ${decision} (${query.scopes.join(" ")}; ${context.correlationId}).`);
}

/** At once and without network for known clouds and for tenants given by their id. */
function completeQuery(
  { authorities: forUsers, configuration }: Services,
  question: Question,
): AccessTokenQuery | Promise<AccessTokenQuery> {
  const { authority, authorities = forUsers, context } = question;
  const { clientId } = configuration;
  const environments = authorities.environments(authority, context);
  const realm = authorities.realm(authority, context);
  if (environments instanceof Promise || realm instanceof Promise) {
    return Promise.all([environments, realm]).then(([hosts, tenant]) => queryAt(question, clientId, hosts, tenant));
  }
  return queryAt(question, clientId, environments, realm);
}

function queryAt(
  { query, context }: Question,
  clientId: string,
  environments: readonly string[],
  realm: string,
): AccessTokenQuery {
  // Other MSAL libraries file what they got from a tenant-independent authority under the user's own tenant.
  const homeTenant = isTenantIndependent(realm) ? query.homeAccountId?.split(".")[1] : undefined;
  const realms = homeTenant === undefined ? [realm] : [realm, homeTenant];
  const keyId = bindingOf(context.data);
  const complete = { ...query, clientId, environments, realms };
  return keyId === undefined ? complete : { ...complete, keyId };
}

function reasonFor(services: Services, query: AccessTokenQuery, hit: CacheHit | undefined): RefreshReason {
  return hit === undefined ? missReason(services, query) : REFRESH_REASON.aging;
}

/** What makes two exchanges equal: all that changes the request, which is not who asks nor when. */
function keyOf(request: Question, skipsCache: boolean): string {
  const { authority, query, claimsChallenge, context } = request;
  const { homeAccountId, userAssertionHash, scopes } = query;
  const whose = homeAccountId ?? userAssertionHash;
  return JSON.stringify([authority.url, whose, scopes.toSorted(), skipsCache, claimsChallenge, context.data]);
}
