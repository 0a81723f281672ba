import { isBoundType } from "../protocol/bound-token.ts";
import type { CacheStore } from "./cache-store.ts";
import type { AccessTokenEntry } from "./schema.ts";
import { holdsScopes } from "./target.ts";

/** The question for an access token. Every part must fit. */
export interface AccessTokenQuery {
  readonly clientId: string;
  /** The hosts of one cloud. */
  readonly environments: readonly string[];
  /** The tenant, under each name that it may be filed under. */
  readonly realms: readonly string[];
  /** Whose token; null asks for the application's own. Absent is allowed beside `userAssertionHash`: anybody's. */
  readonly homeAccountId?: string | null;
  readonly scopes: readonly string[];
  /** What the token must be bound to, see `bindingOf`. Absent asks for a token to be borne. */
  readonly keyId?: string;
  /** The user's token that it must have been got on behalf of. Absent: any, or none. */
  readonly userAssertionHash?: string;
}

/** A token with less left, in seconds, counts as expired: it could end on its way to the API. */
const leastTimeLeft = 300;

/** The token cached last of those that fit and are still good. */
export function findAccessToken(store: CacheStore, query: AccessTokenQuery, now: number): AccessTokenEntry | undefined {
  const scopes = query.scopes.map((scope) => scope.toLowerCase());
  let found: AccessTokenEntry | undefined;
  for (const realm of query.realms) {
    for (const entry of candidates(store, query, realm, scopes)) {
      const fits = entry.realm === realm && isAsked(entry, query) && holdsScopes(entry.target, scopes);
      if (!fits || !isGood(entry, now)) continue;
      if (found === undefined || isPreferred(entry, found, query)) found = entry;
    }
  }
  return found;
}

function candidates(
  store: CacheStore,
  query: AccessTokenQuery,
  realm: string,
  scopes: readonly string[],
): Iterable<AccessTokenEntry> {
  const { clientId, homeAccountId, userAssertionHash } = query;
  const table = store.table("AccessToken");
  const asked = scopes.length > 1 ? scopes : scopes[0];
  if (userAssertionHash !== undefined) return table.candidatesByAssertion([userAssertionHash, clientId, realm, asked]);
  return table.candidates([homeAccountId ?? "", clientId, realm, asked]);
}

function isAsked(entry: AccessTokenEntry, query: AccessTokenQuery): boolean {
  return (
    entry.client_id === query.clientId &&
    query.environments.includes(entry.environment) &&
    isBoundTo(entry, query.keyId) &&
    entry.credential_type === "AccessToken" &&
    isOwned(entry, query)
  );
}

/** Other libraries write some bound tokens without their key. */
function isBoundTo({ key_id, token_type }: AccessTokenEntry, keyId: string | undefined): boolean {
  return key_id ? key_id === keyId : keyId === undefined && !isBoundType(token_type);
}

/** An application's own token is never one that was got on behalf of somebody, even if nobody's name is on that. */
function isOwned(entry: AccessTokenEntry, { homeAccountId, userAssertionHash }: AccessTokenQuery): boolean {
  const hash = entry.user_assertion_hash || undefined;
  if (userAssertionHash !== undefined && hash !== userAssertionHash) return false;
  if (homeAccountId === undefined) return hash !== undefined;
  return (
    (entry.home_account_id ?? "") === (homeAccountId ?? "") && (Boolean(homeAccountId) || hash === userAssertionHash)
  );
}

function isGood(entry: AccessTokenEntry, now: number): boolean {
  return Number(entry.expires_on) - now >= leastTimeLeft;
}

/** The newer one; of two as new the one from the host named first; else the one written later. */
function isPreferred(entry: AccessTokenEntry, found: AccessTokenEntry, { environments }: AccessTokenQuery): boolean {
  const age = Number(entry.cached_at) - Number(found.cached_at);
  if (age !== 0) return age > 0 || Number.isNaN(Number(found.cached_at));
  return environments.indexOf(entry.environment) <= environments.indexOf(found.environment);
}
