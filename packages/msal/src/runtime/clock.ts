import { abortedError } from "../error/aborted.ts";

/**
 * Where the library takes the time from. Give your own to test an application without waiting.
 *
 * `after` calls back once and returns what cancels it. The system's clock does not keep the process alive for a timer
 * unless `keepAlive` is set: a time limit alone is no reason to stay, a wait that somebody awaits is.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `callback` once, `milliseconds` from now. Returns a function that cancels it. */
  after(milliseconds: number, callback: () => void, options?: { keepAlive?: boolean }): () => void;
}

/** The system's clock and timers. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback, { keepAlive = false } = {}) {
    const timer = setTimeout(callback, milliseconds);
    // Only Node's timers hold a process; in browsers and on edge runtimes a timer is a number.
    if (!keepAlive && typeof timer === "object") timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Seconds since the Unix epoch, whole: the unit of tokens and of the cache. */
export function epochSeconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}

/** Waits, or rejects with an `MsalError` of code `aborted` as soon as the signal aborts. */
export function sleep(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortedError(signal));
    const cancel = clock.after(milliseconds, finish, { keepAlive: true });
    signal?.addEventListener("abort", abort, { once: true });
    function finish(): void {
      signal?.removeEventListener("abort", abort);
      resolve();
    }
    function abort(): void {
      cancel();
      if (signal !== undefined) reject(abortedError(signal));
    }
  });
}
