import { MsalArgumentError } from "../error/argument-error.ts";
import { MsalError } from "../error/msal-error.ts";
import { type Clock, systemClock } from "../runtime/clock.ts";
import { guardedLogger } from "../runtime/guarded-logger.ts";
import type { Logger } from "../runtime/logger.ts";
import { createNamedTurns, type NamedTurns } from "../runtime/named-turns.ts";
import { untilAborted } from "../runtime/until-aborted.ts";
import { checkCount } from "./check-count.ts";
import type { CacheChange, HeldPartition } from "./held-partition.ts";
import { isPartitionOfUser, lockOf, partitionOf, renewalOf, SINGLE_PARTITION, type TokenOwner } from "./partition.ts";
import { createPartitionShelf, type PartitionShelf, type ShelvedPartition } from "./partition-shelf.ts";
import { readPartition, savePartition, type SyncParts } from "./partition-sync.ts";
import { createStoreGate, PAUSE, type StoreGate } from "./store-gate.ts";
import type { TokenCache } from "./token-cache.ts";
import type { CacheCallOptions, RenewalOptions } from "./token-caches.ts";
import type { TokenStore } from "./token-store.ts";

/** What {@link PartitionedTokenCache} takes beside the store. */
export interface PartitionedTokenCacheOptions {
  /** How many partitions stay in memory; those used longest ago leave first. Default: 1000. */
  readonly maxPartitions?: number;
  /**
   * For how many seconds after its last use a refresh token is worth keeping. Default: 90 days, as at Entra ID.
   *
   * @see https://learn.microsoft.com/entra/identity-platform/refresh-tokens
   */
  readonly refreshTokenLifetime?: number;
  /** Where trouble with the store is reported. Default: silent. */
  readonly logger?: Logger;
  /** Where the time comes from; the applications need the same one. Default: the system. */
  readonly clock?: Clock;
}

const defaultMaxPartitions = 1000;
/** 90 days. */
const defaultRefreshTokenLifetime = 90 * 24 * 3600;
/** How many partitions are read or written at once where there may be many. */
const callsAtOnce = 16;

/**
 * A token cache that a store keeps, for one process, many processes and many machines. Applications take it as their
 * `tokenCache`, and may share one.
 *
 * Only what a call needs is read, a partition for each owner of tokens, and only when the copy in memory may be old.
 * What a call changes is written at once, merged onto what others wrote meanwhile. Where the store has locks, one
 * process renews a token and the others take what it got.
 *
 * A store that cannot be reached ends no call: the application goes on with what it has in memory, a warning says so,
 * and the changes are written once the store is back.
 *
 * Neither `JSON.stringify` nor `util.inspect` shows anything of what is in it.
 */
export class PartitionedTokenCache {
  readonly #parts: SyncParts;
  readonly #gate: StoreGate;
  readonly #shelf: PartitionShelf;
  readonly #inTurn: NamedTurns = createNamedTurns();
  #isWatching = false;

  /** @throws {@link MsalArgumentError} `invalid_option` when the store is none or an option has the wrong form. */
  constructor(store: TokenStore, options: PartitionedTokenCacheOptions = {}) {
    checkStore(store);
    const { maxPartitions = defaultMaxPartitions, refreshTokenLifetime = defaultRefreshTokenLifetime } = options;
    checkCount("maxPartitions", maxPartitions);
    checkCount("refreshTokenLifetime", refreshTokenLifetime);
    const clock = options.clock ?? systemClock;
    const logger = guardedLogger(options.logger ?? {});
    this.#parts = { store, clock, logger, refreshTokenLifetime };
    this.#shelf = createPartitionShelf(clock, maxPartitions);
    this.#gate = createStoreGate({ clock, logger, onReturn: () => void this.#saveBacklog() });
  }

  /**
   * Writes what the store does not have yet, because it could not be reached when a call changed it. Calls wait until
   * what they change is written, so this is for the end of a process that ends in an outage. True when the store has
   * everything.
   *
   * @example
   *
   * ```ts
   * import type { PartitionedTokenCache } from "msal-ts";
   *
   * export function saveOnShutdown(tokenCache: PartitionedTokenCache): void {
   *   process.once("SIGTERM", async () => {
   *     const isSaved = await tokenCache.flush({ signal: AbortSignal.timeout(5000) });
   *     process.exit(isSaved ? 0 : 1);
   *   });
   * }
   * ```
   *
   * @throws {@link MsalError} `aborted` when `signal` aborts; what was not written is not lost, as long as the process
   *   runs.
   */
  async flush({ signal }: { readonly signal?: AbortSignal } = {}): Promise<boolean> {
    this.#gate.retry();
    await untilAborted(() => this.#saveBacklog(), signal);
    return Array.from(this.#shelf.all()).every(({ held }) => held.unsaved === 0);
  }

  /** @internal */
  open(owner: TokenOwner, options: CacheCallOptions = {}): TokenCache | Promise<TokenCache> {
    return this.#openNamed(this.#nameOf(owner), options);
  }

  /** @internal */
  async openUsers(options: CacheCallOptions = {}): Promise<readonly TokenCache[]> {
    const names = await this.#namesOfUsers(options);
    const caches: TokenCache[] = [];
    for (let start = 0; start < names.length; start += callsAtOnce) {
      const some = names.slice(start, start + callsAtOnce);
      caches.push(...(await Promise.all(some.map(async (name) => this.#openNamed(name, options)))));
    }
    return caches;
  }

  /** @internal */
  peek(owner: TokenOwner): TokenCache {
    return this.#shelf.take(this.#nameOf(owner)).held.cache;
  }

  /** @internal */
  change(owner: TokenOwner, change: CacheChange, { signal }: CacheCallOptions = {}): Promise<TokenCache> {
    const changing = this.#shelf.hold(this.#nameOf(owner), async (shelved) => {
      if (shelved.held.askedAt === -Infinity) Object.assign(shelved, { firstRead: this.#join(shelved) });
      // Changes that come meanwhile wait for the same, so that all are made in their order.
      await shelved.firstRead;
      shelved.held.apply(change);
      await this.#save(shelved);
      return shelved.held.cache;
    });
    // Who leaves does not take it back: what a provider has given once it may not give again.
    changing.catch(() => {});
    return untilAborted(() => changing, signal);
  }

  /** @internal */
  exclusively<T>(
    owner: TokenOwner,
    critical: (anew: TokenCache) => Promise<T>,
    { scopes = [], signal }: RenewalOptions = {},
  ): Promise<T> {
    const renew = (): Promise<T> =>
      this.#shelf.hold(this.#nameOf(owner), async (shelved) => {
        const name = await lockOf(owner, scopes);
        const run = async (lost?: AbortSignal): Promise<T> => {
          await this.#read(shelved);
          // Later a request is under way: it cannot be recalled, and what it brings is worth keeping.
          return lost?.aborted === true ? this.#locked(name, () => run(), signal) : critical(shelved.held.cache);
        };
        return this.#locked(name, run, signal);
      });
    // Among the calls of this process first: one of them is enough to wait for the other processes.
    return this.#inTurn(renewalOf(owner, scopes), renew, signal);
  }

  /** A store without locks, or one that fails before it gives one, must not keep anybody from a token. */
  async #locked<T>(name: string, run: (lost?: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const { store } = this.#parts;
    let outcome: Promise<T> | undefined;
    const inTurn = async (lost: AbortSignal): Promise<void> => {
      this.#gate.answered();
      outcome = run(lost);
      // Its failure is the caller's, not the store's.
      await outcome.catch(() => {});
    };
    await this.#gate.ask(async () => store.lock?.(name, inTurn, signal && { signal }), signal);
    return outcome ?? run();
  }

  #openNamed(name: string, { signal }: CacheCallOptions): TokenCache | Promise<TokenCache> {
    const shelved = this.#shelf.take(name);
    const { cache, askedAt } = shelved.held;
    const { store, clock } = this.#parts;
    if (!this.#gate.isOpen || clock.now() - askedAt < (store.maxAge ?? 0)) return cache;
    return untilAborted(() => this.#join(shelved), signal).then(() => cache);
  }

  /** Waits for a read that others wait for too. */
  #join(shelved: ShelvedPartition): Promise<void> {
    const reading =
      shelved.reading ?? this.#read(shelved).finally(() => Object.assign(shelved, { reading: undefined }));
    Object.assign(shelved, { reading });
    return reading;
  }

  /** A read that begins after now. What the store lacks is written with it. */
  #read({ name, held, inTurn }: ShelvedPartition): Promise<void> {
    return inTurn(async () => {
      const read = (): Promise<void> => readPartition(this.#parts, name, held);
      const isRead = (await this.#gate.ask(read)) !== undefined;
      if (isRead && held.unsaved > 0) await this.#gate.ask(() => savePartition(this.#parts, name, held));
      this.#watch(held);
    });
  }

  #save({ name, held, inTurn }: ShelvedPartition): Promise<void> {
    return inTurn(async () => {
      await this.#gate.ask(() => savePartition(this.#parts, name, held));
      this.#watch(held);
    });
  }

  /** Comes back for what the store did not take, though nobody may call until then. */
  #watch({ unsaved }: HeldPartition): void {
    if (unsaved === 0 || this.#isWatching) return;
    this.#isWatching = true;
    this.#parts.clock.after(PAUSE, () => {
      this.#isWatching = false;
      void this.#saveBacklog();
    });
  }

  /** One first, which finds out whether the store is back; then some at once, so that it is not overrun. */
  async #saveBacklog(): Promise<void> {
    const backlog = Array.from(this.#shelf.all()).filter(({ held }) => held.unsaved > 0);
    const [first, ...rest] = backlog;
    if (first === undefined) return;
    await this.#save(first);
    for (let start = 0; start < rest.length && this.#gate.isOpen; start += callsAtOnce) {
      await Promise.all(rest.slice(start, start + callsAtOnce).map((shelved) => this.#save(shelved)));
    }
  }

  #nameOf(owner: TokenOwner): string {
    return this.#parts.store.partitioning === "single" ? SINGLE_PARTITION : partitionOf(owner);
  }

  async #namesOfUsers({ signal }: CacheCallOptions): Promise<string[]> {
    const { store } = this.#parts;
    if (store.partitioning === "single") return [SINGLE_PARTITION];
    const listed = await this.#gate.ask(async () => store.list?.(signal && { signal }), signal);
    if (listed !== undefined && listed.answer === undefined) throw cannotList();
    const held = Array.from(this.#shelf.all(), ({ name }) => name);
    return [...new Set([...(listed?.answer ?? []), ...held])].filter(isPartitionOfUser);
  }
}

function cannotList(): MsalError {
  return new MsalError(
    "store_cannot_list",
    "The token store cannot list its users. Ask for one of them with getAccount(homeAccountId), from the user's session.",
  );
}

function checkStore(store: unknown): void {
  const isStore = typeof store === "object" && store !== null && "get" in store && "set" in store && "delete" in store;
  if (isStore) return;
  throw new MsalArgumentError("invalid_option", "store", "must be a TokenStore, with the methods get, set and delete");
}
