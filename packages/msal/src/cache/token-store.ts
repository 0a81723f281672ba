/**
 * Keeps token caches outside of the process: in a file, in Redis, in a database.
 *
 * The cache is cut into **partitions**, each with a name: one a user, one an application and tenant, one a user's token
 * that was exchanged on behalf of the user; or a single one, see {@link TokenStore.partitioning}. A store keeps a text
 * and a version for each name and knows nothing else. The text is JSON in the schema that the MSAL libraries share: it
 * holds tokens, so what a store writes must be readable by its owner alone.
 *
 * Contract:
 *
 * - **Concurrency.** All methods may be called at once, from many processes and machines. Each call is done whole or not
 *   at all: whoever reads gets the text of one `set`, never a part of one or a mixture, and a process that dies in the
 *   middle of a `set` leaves the text before or the one after.
 * - **Versions** are opaque texts. Each `set` of another text gives the partition another version; a text that was there
 *   before may have the same one again.
 * - **Who retries.** Not the store. A `set` that comes too late is a conflict, which is an outcome and no error: the
 *   caller reads anew, merges and sets again. A store that cannot be reached rejects, soon; the caller then goes on
 *   with what it has in memory and comes back later.
 * - **Cancellation.** `signal` ends the wait. Whether a `set` that was under way took effect is open then.
 * - **Absence.** A partition that was never set, was deleted or has ended is `undefined`.
 *
 * A conformance suite is in `msal-ts/testing`.
 */
export interface TokenStore {
  /**
   * `single` for a store that keeps everything in one place, as a command-line tool wants it: all is read and written
   * at once. Default: `owner`, a partition for each owner of tokens.
   */
  readonly partitioning?: "owner" | "single";

  /**
   * For how many milliseconds what was read may be used without asking again. Another process's change is seen no later
   * than that. Default: 0, ask each time.
   */
  readonly maxAge?: number;

  /**
   * Whether the store may lose partitions that nobody has deleted, as a server that keeps them in memory does when it
   * is restarted. Then a process writes anew what it has in memory, and whoever removes the last token of a partition
   * leaves an empty cache in it for two days, so that the one is not taken for the other. Default: false, what is gone
   * was deleted.
   */
  readonly isVolatile?: boolean;

  /**
   * The text of a partition and its version. With `known`, a store may leave the text out when that still is the
   * version: then nothing needs to be moved.
   */
  get(partition: string, options?: StoreReadOptions): Promise<StoredPartition | UnchangedPartition | undefined>;

  /** Puts a text in a partition's place, if its version still is the expected one. */
  set(partition: string, data: string, options: StoreWriteOptions): Promise<StoreWriteResult>;

  /** Lets go of a partition. With `expected` only if that still is its version. True when it is gone. */
  delete(partition: string, options?: StoreDeleteOptions): Promise<boolean>;

  /** The names of all partitions. Absent where a store cannot tell. */
  list?(options?: StoreCallOptions): Promise<string[]>;

  /**
   * Runs `critical` while nobody else runs one under the same name, in any process, and gives what it gives. The lock
   * is free again when `critical` settles, and within a bounded time when its holder dies or loses touch; `lost` then
   * aborts, since somebody else may go on. A cache that has not asked anybody for a token by then stands in line again;
   * what it asked for it takes, and `set` keeps it from undoing what others did. Waits for its turn; rejects when
   * `signal` aborts or the store fails.
   *
   * Absent where a store has no locks: then equal renewals may run at once in several processes.
   */
  lock?<T>(name: string, critical: (lost: AbortSignal) => Promise<T>, options?: StoreCallOptions): Promise<T>;
}

/** What every method of a {@link TokenStore} takes. */
export interface StoreCallOptions {
  readonly signal?: AbortSignal;
}

/** What {@link TokenStore.get} takes. */
export interface StoreReadOptions extends StoreCallOptions {
  /** The version that the caller has. */
  readonly known?: string;
}

/** What {@link TokenStore.set} takes. */
export interface StoreWriteOptions extends StoreCallOptions {
  /** The version that is to be replaced. Absent: the partition must not exist. */
  readonly expected?: string;
  /** After how many seconds the partition may be forgotten. Absent: never. */
  readonly ttl?: number;
}

/** What {@link TokenStore.delete} takes. */
export interface StoreDeleteOptions extends StoreCallOptions {
  /** The version that may go. Absent: any. */
  readonly expected?: string;
}

/** A partition as it was read. */
export interface StoredPartition {
  readonly data: string;
  readonly version: string;
}

/** What is given in place of a partition that the caller knows already. */
export interface UnchangedPartition {
  readonly data?: undefined;
  readonly version: string;
}

/** The version that a write made; or that another one came first. */
export type StoreWriteResult = { readonly version: string } | { readonly conflict: true };
