import { checkCount } from "../cache/check-count.ts";
import type {
  StoreDeleteOptions,
  StoredPartition,
  StoreReadOptions,
  StoreWriteOptions,
  StoreWriteResult,
  TokenStore,
} from "../cache/token-store.ts";
import { abortedError } from "../error/aborted.ts";
import { type Clock, systemClock } from "../runtime/clock.ts";
import { createNamedTurns } from "../runtime/named-turns.ts";

/** What {@link memoryStore} takes. */
export interface MemoryStoreOptions {
  /** How many partitions are kept; those used longest ago leave first. Default: 10,000. */
  readonly maxPartitions?: number;
  /** Where the time comes from. Default: the system. */
  readonly clock?: Clock;
}

interface Kept extends StoredPartition {
  /** Epoch milliseconds. */
  readonly until: number;
}

const defaultMaxPartitions = 10_000;

/**
 * Keeps partitions in the memory of this process: for tests, and for one node that serves more users than it wants to
 * hold tokens of. What it lets go of signs its user in again.
 *
 * @example
 *
 * ```ts
 * import { PartitionedTokenCache } from "msal-ts";
 * import { memoryStore } from "msal-ts/stores/memory";
 *
 * export const tokenCache = new PartitionedTokenCache(memoryStore({ maxPartitions: 5000 }));
 * ```
 *
 * @throws `MsalArgumentError` `invalid_option` when `maxPartitions` is no whole number above 0.
 */
export function memoryStore(options: MemoryStoreOptions = {}): TokenStore {
  const { maxPartitions = defaultMaxPartitions, clock = systemClock } = options;
  checkCount("maxPartitions", maxPartitions);
  const partitions = new Map<string, Kept>();
  const inTurn = createNamedTurns();
  let writes = 0;

  function find(partition: string): Kept | undefined {
    const kept = partitions.get(partition);
    if (kept === undefined || kept.until > clock.now()) return kept;
    partitions.delete(partition);
    return undefined;
  }

  /** The order of a map is that of use: whatever was just used stands last. */
  function keep(partition: string, kept: Kept): void {
    partitions.delete(partition);
    partitions.set(partition, kept);
    const [oldest] = partitions.keys();
    if (partitions.size > maxPartitions && oldest !== undefined) partitions.delete(oldest);
  }

  return {
    async get(partition, { known, signal }: StoreReadOptions = {}) {
      throwIfAborted(signal);
      const kept = find(partition);
      if (kept === undefined) return undefined;
      keep(partition, kept);
      const { data, version } = kept;
      return version === known ? { version } : { data, version };
    },

    async set(partition, data, { expected, ttl, signal }: StoreWriteOptions): Promise<StoreWriteResult> {
      throwIfAborted(signal);
      if (find(partition)?.version !== expected) return { conflict: true };
      writes += 1;
      const version = String(writes);
      keep(partition, { data, version, until: ttl === undefined ? Infinity : clock.now() + ttl * 1000 });
      return { version };
    },

    async delete(partition, { expected, signal }: StoreDeleteOptions = {}) {
      throwIfAborted(signal);
      const version = find(partition)?.version;
      if (version !== undefined && expected !== undefined && version !== expected) return false;
      partitions.delete(partition);
      return true;
    },

    async list({ signal } = {}) {
      throwIfAborted(signal);
      return [...partitions.keys()].filter((partition) => find(partition) !== undefined);
    },

    lock: (name, critical, { signal } = {}) =>
      // A process never loses touch with itself.
      inTurn(name, () => critical(new AbortController().signal), signal),
  };
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError(signal);
}
