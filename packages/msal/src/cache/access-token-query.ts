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
  readonly homeAccountId?: string | null | undefined;
  readonly scopes: readonly string[];
  /** What the token must be bound to, see `bindingOf`. Absent asks for a token to be borne. */
  readonly keyId?: string | undefined;
  /** The user's token that it must have been got on behalf of. Absent: any, or none. */
  readonly userAssertionHash?: string | undefined;
}

/** Why an access token does not answer a question, in the order of the checks: the later, the nearer it came. */
export const ACCESS_TOKEN_REFUSALS = [
  "other_user",
  "other_assertion",
  "other_client",
  "other_host",
  "other_tenant",
  "other_kind",
  "other_key",
  "fewer_scopes",
  "expired",
] as const;

export type AccessTokenRefusal = (typeof ACCESS_TOKEN_REFUSALS)[number];

/** A token with less left, in seconds, counts as expired: it could end on its way to the API. */
const leastTimeLeft = 300;

/**
 * What keeps a token from answering; `undefined` when it does answer. Look-up and explanation both ask here, so that
 * they cannot part.
 *
 * @param now - Epoch seconds.
 */
export function refusalOf(
  entry: AccessTokenEntry,
  query: AccessTokenQuery,
  now: number,
): AccessTokenRefusal | undefined {
  const ofOwner = refusalOfOwner(entry, query);
  if (ofOwner !== undefined) return ofOwner;
  if (entry.client_id !== query.clientId) return "other_client";
  if (!query.environments.includes(entry.environment)) return "other_host";
  if (!query.realms.includes(entry.realm)) return "other_tenant";
  if (entry.credential_type !== "AccessToken") return "other_kind";
  if (!isBoundTo(entry, query.keyId)) return "other_key";
  if (!holdsScopes(entry.target, query.scopes)) return "fewer_scopes";
  return Number(entry.expires_on) - now >= leastTimeLeft ? undefined : "expired";
}

/** Other libraries write some bound tokens without their key. */
function isBoundTo({ key_id, token_type }: AccessTokenEntry, keyId: string | undefined): boolean {
  return key_id ? key_id === keyId : keyId === undefined && !isBoundType(token_type);
}

/** An application's own token is never one that was got on behalf of somebody, even if nobody's name is on that. */
function refusalOfOwner(
  entry: AccessTokenEntry,
  { homeAccountId, userAssertionHash }: AccessTokenQuery,
): "other_user" | "other_assertion" | undefined {
  const hash = entry.user_assertion_hash || undefined;
  if (userAssertionHash !== undefined && hash !== userAssertionHash) return "other_assertion";
  if (homeAccountId === undefined) return hash === undefined ? "other_assertion" : undefined;
  if ((entry.home_account_id ?? "") !== (homeAccountId ?? "")) return "other_user";
  return homeAccountId || hash === userAssertionHash ? undefined : "other_assertion";
}

/** The token cached last of those that fit and are still good. */
export function findAccessToken(store: CacheStore, query: AccessTokenQuery, now: number): AccessTokenEntry | undefined {
  let found: AccessTokenEntry | undefined;
  for (const realm of query.realms) {
    for (const entry of candidates(store, query, realm)) {
      if (entry.realm !== realm || refusalOf(entry, query, now) !== undefined) continue;
      if (found === undefined || isPreferred(entry, found, query)) found = entry;
    }
  }
  return found;
}

function candidates(store: CacheStore, query: AccessTokenQuery, realm: string): Iterable<AccessTokenEntry> {
  const { clientId, homeAccountId, userAssertionHash, scopes } = query;
  const table = store.table("AccessToken");
  const asked = scopes.length > 1 ? scopes : scopes[0];
  if (userAssertionHash !== undefined) return table.candidatesByAssertion([userAssertionHash, clientId, realm, asked]);
  return table.candidates([homeAccountId ?? "", clientId, realm, asked]);
}

/** The newer one; of two as new the one from the host named first; else the one written later. */
function isPreferred(entry: AccessTokenEntry, found: AccessTokenEntry, { environments }: AccessTokenQuery): boolean {
  const age = Number(entry.cached_at) - Number(found.cached_at);
  if (age !== 0) return age > 0 || Number.isNaN(Number(found.cached_at));
  return environments.indexOf(entry.environment) <= environments.indexOf(found.environment);
}
