import type { Clock } from "../runtime/clock.ts";
import { SerializableTokenCache } from "./serializable-token-cache.ts";
import type { TokenCache } from "./token-cache.ts";

/**
 * One change to a cache. It may be made again, on a state that another process has written meanwhile: so it looks at
 * what it finds and does not rely on what was there before.
 */
export type CacheChange = (cache: TokenCache) => void;

interface PendingChange {
  readonly change: CacheChange;
  /** When it was made first, in epoch milliseconds: made again, it says the same times. */
  readonly at: number;
}

/** A partition in memory: the state as it was read, and on top of it the changes that the store does not have yet. */
export class HeldPartition {
  readonly cache: SerializableTokenCache;
  readonly #pending: PendingChange[] = [];
  readonly #clock: Clock;
  #version: string | undefined;
  #askedAt = -Infinity;
  #replayedAt: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.cache = new SerializableTokenCache({
      clock: {
        now: () => this.#replayedAt ?? clock.now(),
        after: (milliseconds, callback, options) => clock.after(milliseconds, callback, options),
      },
    });
  }

  /** The version in the store that the state is made of. Undefined: the store has no such partition. */
  get version(): string | undefined {
    return this.#version;
  }

  /** When the store was last asked, in epoch milliseconds; `-Infinity`: never. */
  get askedAt(): number {
    return this.#askedAt;
  }

  /** The store was asked now. */
  asked(): void {
    this.#askedAt = this.#clock.now();
  }

  /** How many changes the store does not have yet. */
  get unsaved(): number {
    return this.#pending.length;
  }

  /** Makes a change, here at once and in the store with the next write. What it throws leaves everything as it was. */
  apply(change: CacheChange): void {
    const at = this.#clock.now();
    this.#replay({ change, at });
    this.#pending.push({ change, at });
  }

  /**
   * Takes what the store has in the place of the state, and makes the pending changes again on it.
   *
   * @throws {@link MsalError} `invalid_cache` when it is no token cache; then all is as it was.
   */
  adopt(data: string | undefined, version: string | undefined): void {
    this.cache.deserialize(data);
    this.#version = version;
    for (const pending of this.#pending) this.#replay(pending);
  }

  /** The store has lost the state, which is to be written anew. */
  lost(): void {
    this.#version = undefined;
    this.#pending.unshift({ change: () => {}, at: this.#clock.now() });
  }

  /** The store has taken the first so many changes. */
  saved(count: number, version: string | undefined): void {
    this.#version = version;
    this.#pending.splice(0, count);
  }

  #replay({ change, at }: PendingChange): void {
    this.#replayedAt = at;
    try {
      change(this.cache);
    } finally {
      this.#replayedAt = undefined;
    }
  }
}
