import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "msal-ts";

/**
 * The time of one flow, the same for the library at work and for the emulator. It stands still until a step or a
 * library's own wait moves it, so that every time on the wire and in the cache can be compared to the second.
 */
export interface Timeline extends Clock {
  /** Where the flow began: milliseconds since 1970. */
  readonly start: number;
  advance(milliseconds: number): void;
  /** Resolves when nothing is under way: each request has its time limit, which it takes back at its end. */
  idle(): Promise<void>;
}

/** Looks in a row that have to find nothing under way, since a request may follow on another one. */
const quietLooks = 4;

/** Starts a quarter past a whole second: who forgets to round shows it. */
export function createTimeline(): Timeline {
  const start = Math.floor(Date.now() / 1000) * 1000 + 250;
  const pending = new Set<object>();
  let now = start;
  return {
    start,
    advance: (milliseconds) => void (now += milliseconds),
    now: () => now,
    after(milliseconds, callback, { keepAlive = false } = {}) {
      const timer = {};
      pending.add(timer);
      const fire = (): void => {
        if (!pending.delete(timer)) return;
        now += milliseconds;
        callback();
      };
      // A time limit never ends; a wait is over at once, and the time has passed.
      if (keepAlive) setImmediate(fire);
      return () => void pending.delete(timer);
    },
    async idle() {
      for (let looks = 0; looks < quietLooks; looks = pending.size === 0 ? looks + 1 : 0) await pause(1);
    },
  };
}
