import type { CacheChange } from "./held-partition.ts";
import type { TokenOwner } from "./partition.ts";
import type { TokenCache } from "./token-cache.ts";

/** How a call is made on {@link TokenCaches}. */
export interface CacheCallOptions {
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The caches that an application works with, by whose tokens they hold: all in one object in memory, or cut into
 * partitions that a store keeps.
 *
 * Contract: `open` and `openUsers` give caches to read from; who wants to change something calls `change`, which alone
 * reaches the store. A store that fails ends no call: the application then goes on with what it has in memory.
 */
export interface TokenCaches {
  /** The cache with an owner's tokens. At once where it is in memory and fresh. */
  open(owner: TokenOwner, options?: CacheCallOptions): TokenCache | Promise<TokenCache>;
  /** The caches with users' tokens, as far as the store can list them. */
  openUsers(options?: CacheCallOptions): readonly TokenCache[] | Promise<readonly TokenCache[]>;
  /** What is in memory of an owner's tokens. Nobody is asked, so it may be old. */
  peek(owner: TokenOwner): TokenCache;
  /**
   * Changes the cache with an owner's tokens, and gives it. When the promise is fulfilled the store has the change too,
   * if it can be reached.
   */
  change(owner: TokenOwner, change: CacheChange, options?: CacheCallOptions): TokenCache | Promise<TokenCache>;
  /**
   * Runs `critical` while no other process does so for this owner, where the store has locks; at once where it has
   * none. `anew` is the cache with the newest state, where somebody else may have changed it since it was opened.
   */
  exclusively<T>(
    owner: TokenOwner,
    critical: (anew: TokenCache | undefined) => Promise<T>,
    options?: CacheCallOptions,
  ): Promise<T>;
}

/** All in one object: every owner's tokens are in it, and nobody else has it. */
export function inOneCache(cache: TokenCache): TokenCaches {
  const all = [cache];
  return {
    open: () => cache,
    peek: () => cache,
    openUsers: () => all,
    change(_, change) {
      change(cache);
      return cache;
    },
    exclusively: (_, critical) => critical(undefined),
  };
}
