import { type Clock, epochSeconds } from "../runtime/clock.ts";
import type { Logger } from "../runtime/logger.ts";
import type { HttpCache, HttpCacheEntry } from "./http-cache.ts";
import type { HttpResponse } from "./http-client.ts";

/** The answers that an application keeps in its {@link HttpCache}. */
export interface AnswerStore {
  /** Whether any answer is kept whose key begins so. Those that have ended are dropped on the way. */
  hasAny(beginning: string): boolean;
  /**
   * The answer under `key`, if it has not ended.
   *
   * @param longest - How long such an answer is ever kept, in seconds. One that would last longer was kept by a clock
   *   that went wrong, and does not count.
   */
  find(key: string, longest: number): HttpCacheEntry | undefined;
  /** Keeps an answer for that many seconds. The first to end makes room where there is none. */
  keep(key: string, answer: Pick<HttpResponse, "status" | "body">, seconds: number): void;
}

/** What {@link createAnswerStore} takes. */
export interface AnswerStoreOptions {
  readonly cache: HttpCache;
  readonly clock: Clock;
  readonly logger: Logger;
}

const mostEntries = 1024;

/** Makes the store over a cache, whatever is in it. */
export function createAnswerStore({ cache, clock, logger }: AnswerStoreOptions): AnswerStore {
  /** The cache may be the caller's own, and its failure must not keep a user from signing in. */
  function guarded<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      logger.warn?.(
        `"httpCache" failed, and the call goes on without it: ${error instanceof Error ? error.name : "?"}.`,
      );
      return undefined;
    }
  }

  function find(key: string, longest = Infinity): HttpCacheEntry | undefined {
    const value = cache.get(key);
    if (value === undefined) return undefined;
    const left = endOf(value) - epochSeconds(clock);
    if (isEntry(value) && left > 0 && left <= longest) return value;
    cache.delete(key);
    return undefined;
  }

  return {
    hasAny: (beginning) =>
      guarded(() => [...cache.keys()].some((key) => key.startsWith(beginning) && find(key) !== undefined)) ?? false,
    find: (key, longest) => guarded(() => find(key, longest)),
    keep: (key, { status, body }, seconds) =>
      guarded(() => {
        const now = epochSeconds(clock);
        cache.delete(key);
        makeRoom(cache, now);
        cache.set(key, { status, body, expires_on: now + seconds });
      }),
  };
}

function makeRoom(cache: HttpCache, now: number): void {
  const keys = [...cache.keys()];
  if (keys.length < mostEntries) return;
  const ends = keys.map((key) => ({ key, end: endOf(cache.get(key)) })).toSorted((one, other) => one.end - other.end);
  const tooMany = keys.length - mostEntries + 1;
  for (const [index, { key, end }] of ends.entries()) {
    if (index < tooMany || end <= now) cache.delete(key);
  }
}

/** What cannot be read goes first. */
function endOf(value: unknown): number {
  return isEntry(value) ? value.expires_on : 0;
}

function isEntry(value: unknown): value is HttpCacheEntry {
  if (typeof value !== "object" || value === null) return false;
  const { status, body, expires_on: end }: Partial<Record<keyof HttpCacheEntry, unknown>> = value;
  return Number.isInteger(status) && typeof body === "string" && Number.isFinite(end);
}
