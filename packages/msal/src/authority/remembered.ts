import { abortedError } from "../error/aborted.ts";
import type { Clock } from "../runtime/clock.ts";
import { createSingleFlight } from "../runtime/single-flight.ts";

/** Answers that stay true for a while. Calls that wait for the same one share the work; a failure is not remembered. */
export interface Remembered<T> {
  /** What is remembered under `key` now. */
  peek(key: string): T | undefined;
  /** What is remembered under `key`, or what `run` gives. `signal` ends this caller's wait alone. */
  get(key: string, run: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** Where endpoints are changes rarely, and never at once: the old ones go on for days. */
const lifetime = 24 * 60 * 60 * 1000;

/** Makes an empty memory. */
export function createRemembered<T>(clock: Clock): Remembered<T> {
  const answers = new Map<string, { readonly value: T; readonly until: number }>();
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
          const value = await run(shared);
          answers.set(key, { value, until: clock.now() + lifetime });
          return value;
        },
        signal,
      );
    },
  };
}
