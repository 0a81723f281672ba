import type { CacheStore } from "./cache-store.ts";
import type { AccountEntry, AppMetadataEntry, IdTokenEntry, RefreshTokenEntry } from "./schema.ts";

/** Whose refresh tokens: a client's, a family's, or where neither is named anybody's. */
export interface RefreshTokenQuery {
  readonly environments: readonly string[];
  readonly homeAccountId: string | null;
  readonly clientId?: string;
  readonly familyId?: string;
}

export interface AccountQuery {
  readonly environments: readonly string[];
  /** Default: every account. */
  readonly homeAccountId?: string;
}

export interface AppMetadataQuery {
  readonly environments: readonly string[];
  readonly clientId: string;
}

export interface IdTokenQuery {
  readonly environments: readonly string[];
  readonly clientId: string;
  /** Default: any tenant. */
  readonly realm?: string;
  readonly homeAccountId: string | null;
}

/** Why a refresh token does not answer a question, in the order of the checks: the later, the nearer it came. */
export const REFRESH_TOKEN_REFUSALS = ["other_user", "other_host", "other_client", "other_family"] as const;

export type RefreshTokenRefusal = (typeof REFRESH_TOKEN_REFUSALS)[number];

/** What keeps a refresh token from answering; `undefined` when it does answer. */
export function refreshTokenRefusalOf(
  entry: RefreshTokenEntry,
  { environments, homeAccountId, clientId, familyId }: RefreshTokenQuery,
): RefreshTokenRefusal | undefined {
  if ((entry.home_account_id ?? "") !== (homeAccountId ?? "")) return "other_user";
  if (!environments.includes(entry.environment)) return "other_host";
  if (clientId !== undefined && entry.client_id !== clientId) return "other_client";
  return familyId !== undefined && entry.family_id !== familyId ? "other_family" : undefined;
}

/** The refresh tokens that fit, newest first. */
export function findRefreshTokens(store: CacheStore, query: RefreshTokenQuery): RefreshTokenEntry[] {
  const found: RefreshTokenEntry[] = [];
  for (const entry of store.table("RefreshToken").candidates([query.homeAccountId ?? "", query.clientId])) {
    if (refreshTokenRefusalOf(entry, query) === undefined) found.push(entry);
  }
  // The one written last stands last, so of two of one second it still is the newer.
  return found.toReversed().toSorted((one, other) => modifiedAt(other) - modifiedAt(one));
}

/** The accounts that fit, in the order of the hosts asked for. */
export function findAccounts(store: CacheStore, query: AccountQuery): AccountEntry[] {
  const { environments, homeAccountId } = query;
  const table = store.table("Account");
  const candidates = homeAccountId === undefined ? table.values() : table.candidates([homeAccountId]);
  const found: AccountEntry[] = [];
  for (const entry of candidates) {
    const fits = homeAccountId === undefined || entry.home_account_id === homeAccountId;
    if (fits && environments.includes(entry.environment)) found.push(entry);
  }
  return found.toSorted(byPreference(environments));
}

/** What is known of a client: at the host asked for first that knows anything. */
export function findAppMetadata(store: CacheStore, query: AppMetadataQuery): AppMetadataEntry | undefined {
  const { environments, clientId } = query;
  const found: AppMetadataEntry[] = [];
  for (const entry of store.table("AppMetadata").candidates([clientId])) {
    if (entry.client_id === clientId && environments.includes(entry.environment)) found.push(entry);
  }
  return found.toSorted(byPreference(environments))[0];
}

/** The id token of a user: at the host asked for first, and there the one written last. */
export function findIdToken(store: CacheStore, query: IdTokenQuery): IdTokenEntry | undefined {
  const { environments, clientId, realm, homeAccountId } = query;
  const owner = homeAccountId ?? "";
  const found: IdTokenEntry[] = [];
  for (const entry of store.table("IdToken").candidates([owner, clientId, realm])) {
    const fits =
      (entry.home_account_id ?? "") === owner &&
      entry.client_id === clientId &&
      (realm === undefined || entry.realm === realm) &&
      environments.includes(entry.environment);
    if (fits) found.push(entry);
  }
  return found.toReversed().toSorted(byPreference(environments))[0];
}

function modifiedAt(entry: RefreshTokenEntry): number {
  return Number(entry.last_modification_time ?? 0) || 0;
}

function byPreference(environments: readonly string[]) {
  return (one: { environment: string }, other: { environment: string }): number =>
    environments.indexOf(one.environment) - environments.indexOf(other.environment);
}
