import type { Account } from "./account.ts";
import type { CallContext } from "./call-options.ts";
import type { Services } from "./services.ts";
import type { Authority } from "../authority/authority.ts";
import type { AuthorityResolver } from "../authority/resolver.ts";
import type { AccessTokenQuery } from "../cache/access-token-query.ts";
import type { TokenOwner } from "../cache/partition.ts";
import { bindingOf } from "../protocol/bound-token.ts";
import { isTenantIndependent } from "../protocol/realm.ts";

/** A question that the cache may answer. */
export interface CacheQuestion {
  readonly authority: Authority;
  /** Knows the place in the cache. Default: the resolver for users. */
  readonly authorities?: AuthorityResolver;
  /** Whose token; which scopes; the place in the cache is found out here. */
  readonly query: Pick<AccessTokenQuery, "homeAccountId" | "scopes" | "userAssertionHash">;
  /** Named in the response. Default: the account that the cache knows. */
  readonly account?: Account | undefined;
  readonly claimsChallenge: string | undefined;
  /** Leaves the access tokens of the cache aside. A claims challenge does so too. */
  readonly forceRefresh?: boolean;
  readonly context: CallContext;
}

/** Whether the access tokens of the cache are left aside. */
export function skipsAccessTokens({ forceRefresh, claimsChallenge }: CacheQuestion): boolean {
  return forceRefresh === true || claimsChallenge !== undefined;
}

/** At once and without network for known clouds and for tenants given by their id. */
export function completeQuery(
  { authorities: forUsers, configuration }: Services,
  question: CacheQuestion,
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

/** Whose tokens answer a question. */
export function ownerOf({ homeAccountId, userAssertionHash, clientId, realms }: AccessTokenQuery): TokenOwner {
  if (userAssertionHash !== undefined) return { userAssertionHash };
  return homeAccountId ? { homeAccountId } : { clientId, tenant: realms[0] ?? "" };
}

/** The question at the place in the cache where its answer would be. */
export function queryAt(
  question: CacheQuestion,
  clientId: string,
  environments: readonly string[],
  realm: string,
): AccessTokenQuery {
  const { homeAccountId, scopes, userAssertionHash } = question.query;
  const realms = [realm, ...realmsOfOthers(question, realm)];
  const keyId = bindingOf(question.context.data);
  // Written out: V8 takes longer to spread an object and add to it than the whole look-up lasts.
  return { homeAccountId, scopes, userAssertionHash, clientId, environments, realms, keyId };
}

/**
 * Where other MSAL libraries file a user's tokens: what came from a tenant-independent authority under the user's own
 * tenant; and what came from B2C under what the id token names, which is the tenant or the policy.
 */
function realmsOfOthers({ authority, query }: CacheQuestion, realm: string): string[] {
  const isB2c = authority.kind === "b2c";
  if (!query.homeAccountId || !(isB2c || isTenantIndependent(realm))) return [];
  const home = query.homeAccountId.split(".")[1];
  if (home === undefined) return [];
  return isB2c ? [home, authority.url.slice(authority.url.lastIndexOf("/") + 1)] : [home];
}
