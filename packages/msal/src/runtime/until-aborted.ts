import { abortedError } from "../error/aborted.ts";

/**
 * Starts work and waits for it until the signal aborts. The work itself goes on, since others may wait for it too; it
 * does not start when the signal has aborted before.
 */
export async function untilAborted<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work();
  if (signal.aborted) throw abortedError(signal);
  let stopWaiting = (): void => {};
  const abortion = new Promise<never>((_resolve, reject) => {
    stopWaiting = () => reject(abortedError(signal));
    signal.addEventListener("abort", stopWaiting, { once: true });
  });
  try {
    return await Promise.race([work(), abortion]);
  } finally {
    signal.removeEventListener("abort", stopWaiting);
  }
}
