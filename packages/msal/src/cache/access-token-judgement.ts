import { findAccessToken, refusalOf } from "./access-token-query.ts";
import type { AccessTokenQuery, AccessTokenRefusal } from "./access-token-query.ts";
import type { CacheStore } from "./cache-store.ts";
import type { AccessTokenEntry } from "./schema.ts";

/** What a look-up makes of one access token. */
export interface AccessTokenJudgement {
  readonly entry: AccessTokenEntry;
  /**
   * `chosen`: this one answers. `superseded`: it would, but for a newer one. `undiscovered`: it fits where all is
   * known.
   */
  readonly verdict: AccessTokenRefusal | "chosen" | "superseded" | "undiscovered";
  /** Seconds until it ends; `NaN` where the entry does not say. */
  readonly timeLeft: number;
}

/** What only the network can tell of a question's place in the cache. */
export interface Undiscovered {
  readonly hosts: boolean;
  readonly tenant: boolean;
}

/** Goes through all access tokens and says of each what a look-up would make of it. For explanations: it is a walk. */
export function* judgeAccessTokens(
  store: CacheStore,
  query: AccessTokenQuery,
  undiscovered: Undiscovered,
  now: number,
): Iterable<AccessTokenJudgement> {
  const isDiscovered = !undiscovered.hosts && !undiscovered.tenant;
  const chosen = isDiscovered ? findAccessToken(store, query, now) : undefined;
  for (const entry of store.table("AccessToken").values()) {
    const refusal = refusalOf(entry, kindlyRead(query, entry, undiscovered), now);
    const fitting = isDiscovered ? "superseded" : "undiscovered";
    const verdict = entry === chosen ? "chosen" : (refusal ?? fitting);
    yield { entry, verdict, timeLeft: Number(entry.expires_on) - now };
  }
}

/** The question as it would be if what is not known were in the entry's favour. */
function kindlyRead(
  query: AccessTokenQuery,
  entry: AccessTokenEntry,
  { hosts, tenant }: Undiscovered,
): AccessTokenQuery {
  if (!hosts && !tenant) return query;
  return {
    ...query,
    environments: hosts ? [entry.environment] : query.environments,
    realms: tenant ? [entry.realm] : query.realms,
  };
}
