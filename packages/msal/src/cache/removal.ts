import { findAppMetadata, findRefreshTokens } from "./account-query.ts";
import type { CacheStore } from "./cache-store.ts";
import type { AccessTokenEntry, CacheEntries } from "./schema.ts";

/** A client's sign-out of one user. */
export interface AccountRemoval {
  readonly clientId: string;
  readonly environments: readonly string[];
  readonly homeAccountId: string;
}

/** A client's renunciation of its own tokens. */
export interface AppTokenRemoval {
  readonly clientId: string;
  readonly environments: readonly string[];
}

/** What is to go, by section. */
export type Doomed = { readonly [T in keyof CacheEntries]?: readonly CacheEntries[T][] };

/**
 * What a sign-out takes away: the refresh tokens of this client and of its family, and whatever else is filed under the
 * user in this cloud. Another client's own refresh token stays: that client has not signed the user out.
 */
export function entriesOfAccount(store: CacheStore, { clientId, environments, homeAccountId }: AccountRemoval): Doomed {
  const refreshTokens = findRefreshTokens(store, { environments, homeAccountId });
  const families = new Set<unknown>();
  const family = findAppMetadata(store, { environments, clientId })?.family_id;
  if (family) families.add(family);
  for (const entry of refreshTokens) if (entry.client_id === clientId && entry.family_id) families.add(entry.family_id);
  const isOwned = (entry: { home_account_id: string | null; environment: string }): boolean =>
    entry.home_account_id === homeAccountId && environments.includes(entry.environment);
  return {
    RefreshToken: refreshTokens.filter((entry) => entry.client_id === clientId || families.has(entry.family_id)),
    AccessToken: [...store.table("AccessToken").candidates([homeAccountId])].filter(isOwned),
    IdToken: [...store.table("IdToken").candidates([homeAccountId])].filter(isOwned),
    Account: [...store.table("Account").candidates([homeAccountId])].filter(isOwned),
  };
}

/** The application's own access tokens in every tenant. */
export function appTokens(store: CacheStore, { clientId, environments }: AppTokenRemoval): AccessTokenEntry[] {
  return [...store.table("AccessToken").candidates(["", clientId])].filter(
    (entry) =>
      !entry.home_account_id &&
      !entry.user_assertion_hash &&
      entry.client_id === clientId &&
      environments.includes(entry.environment),
  );
}

/** The access tokens that have ended. */
export function endedTokens(store: CacheStore, now: number): AccessTokenEntry[] {
  return [...store.table("AccessToken").values()].filter(({ expires_on: end }) => Number(end) <= now);
}
