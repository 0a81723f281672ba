import type { CacheChange } from "./held-partition.ts";
import { renewalOf, type TokenOwner } from "./partition.ts";
import type { TokenCache } from "./token-cache.ts";
import { createNamedTurns, type NamedTurns } from "../runtime/named-turns.ts";

/** How a call is made on {@link TokenCaches}. */
export interface CacheCallOptions {
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/** What a renewal takes beside. */
export interface RenewalOptions extends CacheCallOptions {
  /** What is asked for. An owner without refresh tokens may renew for several sets of scopes at once. */
  readonly scopes?: readonly string[];
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
   * if it can be reached. `signal` ends the wait alone: the change is made all the same.
   */
  change(owner: TokenOwner, change: CacheChange, options?: CacheCallOptions): TokenCache | Promise<TokenCache>;
  /**
   * Runs `critical` while no other call does so for this owner: in this process, and in others where the store has
   * locks and can be reached. `anew` is the cache in its newest state, which somebody else may have renewed meanwhile.
   * `signal` ends the wait for the turn; then `critical` never runs.
   */
  exclusively<T>(owner: TokenOwner, critical: (anew: TokenCache) => Promise<T>, options?: RenewalOptions): Promise<T>;
}

/** Who waits for a cache that several applications may share. */
const turnsAt = new WeakMap<TokenCache, NamedTurns>();

/** All in one object: every owner's tokens are in it, and no other process has it. */
export function inOneCache(cache: TokenCache): TokenCaches {
  const all = [cache];
  const inTurn = turnsAt.get(cache) ?? createNamedTurns();
  turnsAt.set(cache, inTurn);
  return {
    open: () => cache,
    peek: () => cache,
    openUsers: () => all,
    change(_, change) {
      change(cache);
      return cache;
    },
    exclusively: (owner, critical, { scopes = [], signal } = {}) =>
      inTurn(renewalOf(owner, scopes), () => critical(cache), signal),
  };
}
