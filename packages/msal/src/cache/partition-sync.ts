import { type Clock, epochSeconds, sleep } from "../runtime/clock.ts";
import type { Logger } from "../runtime/logger.ts";
import { randomFraction } from "../runtime/random.ts";
import type { CacheStore } from "./cache-store.ts";
import type { HeldPartition } from "./held-partition.ts";
import { isAlive, lifetimeOf } from "./partition-lifetime.ts";
import { CACHE_ENTRY_TYPES, type CacheEntryType } from "./schema.ts";
import { storeOf } from "./store-of.ts";
import type { StoredPartition, StoreWriteResult, TokenStore, UnchangedPartition } from "./token-store.ts";

/** What a partition in memory is kept in step by. */
export interface SyncParts {
  readonly store: TokenStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Seconds. */
  readonly refreshTokenLifetime: number;
}

/** So many writers in a row that were faster are no chance any more: the store is broken. */
const mostConflicts = 100;
/** Milliseconds to wait at most after a conflict, so that writers do not keep step. */
const longestWait = 50;
/** Milliseconds until a broken partition is looked at again. */
const secondLook = 100;
/** Milliseconds after which nobody can say any more whether a partition was lost or emptied. */
const memoryOfLoss = 24 * 3600 * 1000;
/** Seconds for which an emptied partition of a volatile store stays: longer than others believe in a loss. */
const emptyLifetime = 2 * 24 * 3600;
/** Seconds for which a partition that cannot be read is kept aside. */
const asideLifetime = 30 * 24 * 3600;

/** Reads a partition, if the store has a newer one than the memory. Rejects as the store does. */
export async function readPartition(parts: SyncParts, name: string, held: HeldPartition): Promise<void> {
  const found = await parts.store.get(name, held.version === undefined ? {} : { known: held.version });
  const before = held.askedAt;
  held.asked();
  await take(parts, { name, held, before, found });
}

interface Reading {
  readonly name: string;
  readonly held: HeldPartition;
  /** When the store was asked before, in epoch milliseconds. */
  readonly before: number;
  readonly found: StoredPartition | UnchangedPartition | undefined;
}

async function take(parts: SyncParts, { name, held, before, found }: Reading): Promise<void> {
  if (found === undefined) {
    if (held.version === undefined) return;
    if (isLost(parts, held, before)) held.lost();
    else held.adopt(undefined, undefined);
  } else if (found.data !== undefined && found.version !== held.version && !adopts(held, found)) {
    await takeBroken(parts, name, held, found);
  }
}

/** Whether that was there and no longer is because the store has lost it: it was neither deleted nor has it ended. */
function isLost({ store, clock, refreshTokenLifetime }: SyncParts, { cache }: HeldPartition, before: number): boolean {
  if (store.isVolatile !== true || clock.now() - before >= memoryOfLoss) return false;
  return isAlive(storeOf(cache), epochSeconds(clock), refreshTokenLifetime);
}

function adopts(held: HeldPartition, { data, version }: StoredPartition): boolean {
  try {
    held.adopt(data, version);
    return true;
  } catch {
    return false;
  }
}

/**
 * A program that knows no better may be writing at this very moment, so the text is read once more. If it stays broken,
 * nobody can say whose fault it is: a copy stays for whoever looks into it, and the user signs in again.
 */
async function takeBroken(
  { store, clock, logger }: SyncParts,
  name: string,
  held: HeldPartition,
  broken: StoredPartition,
): Promise<void> {
  await sleep(clock, secondLook);
  const found = await store.get(name);
  if (found?.data !== undefined && found.version !== broken.version && adopts(held, found)) return;
  // Named by what it is: of all who find it, and each time, one copy is enough, and the others are conflicts.
  await store.set(`corrupt:${name}:${broken.version}`, broken.data, { ttl: asideLifetime });
  logger.warn?.("A partition of the token store is no token cache. It was set aside; its users sign in again.");
  // The next write takes its place.
  held.adopt(undefined, broken.version);
}

/** Writes what the store does not have yet, merged onto what others wrote meanwhile. Rejects as the store does. */
export async function savePartition(parts: SyncParts, name: string, held: HeldPartition): Promise<void> {
  const { store } = parts;
  if (await saves(parts, name, held)) return;
  const merge = (): Promise<void> => mergePartition(parts, name, held);
  // Where all owners share one place, each write meets others, and the slowest writer might never be first.
  await (store.partitioning === "single" && store.lock ? store.lock(`write:${name}`, merge) : merge());
}

async function mergePartition(parts: SyncParts, name: string, held: HeldPartition): Promise<void> {
  for (let conflicts = 1; conflicts <= mostConflicts; conflicts += 1) {
    if (conflicts > 1) await sleep(parts.clock, randomFraction() * longestWait);
    await readPartition(parts, name, held);
    if (await saves(parts, name, held)) return;
  }
  throw new Error("every write was a conflict");
}

/** Whether all that was to be saved when it began is saved; else somebody else was faster. */
async function saves(parts: SyncParts, name: string, held: HeldPartition): Promise<boolean> {
  const count = held.unsaved;
  if (count === 0) return true;
  const result = await write(parts, name, held);
  if ("conflict" in result) return false;
  held.saved(count, result.version);
  return true;
}

async function write(
  { store, clock, refreshTokenLifetime }: SyncParts,
  name: string,
  { cache, version }: HeldPartition,
): Promise<StoreWriteResult | { readonly version: undefined }> {
  // All that is held is written anew, so what nobody can use any more need not be.
  cache.removeEndedTokens();
  const content = storeOf(cache);
  const expected = version !== undefined && { expected: version };
  if (!isEmpty(content)) {
    const ttl = lifetimeOf(content, epochSeconds(clock), refreshTokenLifetime);
    return store.set(name, cache.serialize(), { ...expected, ttl });
  }
  if (store.isVolatile === true) return store.set(name, cache.serialize(), { ...expected, ttl: emptyLifetime });
  // Where there is nothing as far as we know, somebody else may have put something that the changes take away.
  const isGone =
    version === undefined ? (await store.get(name)) === undefined : await store.delete(name, { expected: version });
  return isGone ? { version: undefined } : { conflict: true };
}

/** What is known of applications alone is not worth a partition. */
function isEmpty(content: CacheStore): boolean {
  const types = CACHE_ENTRY_TYPES.filter((type) => type !== "AppMetadata");
  return content.foreign.sections.size === 0 && types.every((type) => holdsNothing(content, type));
}

function holdsNothing(content: CacheStore, type: CacheEntryType): boolean {
  return content.table(type).size === 0 && content.foreign.entries[type].size === 0;
}
