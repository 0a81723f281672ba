import type { Clock } from "../runtime/clock.ts";

/** Waits, but no longer than so many seconds: then it rejects. */
export function inTime<T>(promise: Promise<T>, seconds: number, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(seconds * 1000, () =>
      reject(new Error(`Expected an end within ${seconds} s, found none.`)),
    );
    promise.then(resolve, reject).finally(cancel);
  });
}
