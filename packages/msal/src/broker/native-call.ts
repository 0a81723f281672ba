import type { AsyncHandle } from "@azure/msal-node-runtime";
import { abortedError } from "../error/aborted.ts";

/**
 * Waits for one asynchronous call of the native runtime. An abort cancels the call and rejects at once; what the
 * runtime then still says is not listened to.
 */
export function nativeCall<T>(
  start: (callback: (result: T) => void) => AsyncHandle,
  signal: AbortSignal | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortedError(signal));
    const handle = start((result) => {
      signal?.removeEventListener("abort", abort);
      resolve(result);
    });
    signal?.addEventListener("abort", abort, { once: true });
    function abort(): void {
      handle.CancelAsyncOperation();
      if (signal !== undefined) reject(abortedError(signal));
    }
  });
}
