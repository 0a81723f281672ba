import type { Clock } from "../../runtime/clock.ts";

/**
 * Waits no longer than so many milliseconds. A client without a connection keeps what it is told until it has one
 * again, and an application cannot wait for that.
 */
export function withTimeLimit<T>(clock: Clock, milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(milliseconds, () => reject(new Error(`no answer within ${milliseconds} ms`)));
    work.then(
      (value) => {
        cancel();
        resolve(value);
      },
      (error: unknown) => {
        cancel();
        reject(error);
      },
    );
  });
}
