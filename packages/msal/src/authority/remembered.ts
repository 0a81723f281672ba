import { abortedError } from "../error/aborted.ts";
import type { Clock } from "../runtime/clock.ts";
import { createSingleFlight } from "../runtime/single-flight.ts";

/** An answer that stays true for a while. */
export interface Lasting<T> {
  readonly value: T;
  /** Milliseconds since the Unix epoch. */
  readonly until: number;
}

/** Where endpoints are changes rarely, and never at once: the old ones go on for days. Seconds. */
export const DAY: number = 24 * 60 * 60;

/** What has just been found out, good for a day. */
export function forADay<T>(clock: Clock, value: T): Lasting<T> {
  return { value, until: clock.now() + DAY * 1000 };
}

/** Answers at hand, read and checked. Calls that wait for the same one share the work; a failure is not remembered. */
export interface Remembered<T> {
  /** What is remembered under `key` now. */
  peek(key: string): T | undefined;
  /** What is remembered under `key`, or what `run` gives. `signal` ends this caller's wait alone. */
  get(key: string, run: (signal: AbortSignal) => Promise<Lasting<T>>, signal?: AbortSignal): Promise<T>;
}

/** Makes an empty memory. */
export function createRemembered<T>(clock: Clock): Remembered<T> {
  const answers = new Map<string, Lasting<T>>();
  const flights = createSingleFlight<T>();
  function held(key: string): { readonly value: T } | undefined {
    const answer = answers.get(key);
    return answer !== undefined && clock.now() < answer.until ? answer : undefined;
  }

  return {
    peek: (key) => held(key)?.value,
    async get(key, run, signal) {
      if (signal?.aborted) throw abortedError(signal);
      const answer = held(key);
      if (answer !== undefined) return answer.value;
      return flights.share(
        key,
        async (shared) => {
          const fresh = await run(shared);
          answers.set(key, fresh);
          return fresh.value;
        },
        signal,
      );
    },
  };
}
