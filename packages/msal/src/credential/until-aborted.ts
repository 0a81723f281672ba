import { MsalError } from "../error/msal-error.ts";

/**
 * Starts work and waits for it until the signal aborts. The work itself goes on, since others may wait for it too; it
 * does not start when the signal has aborted before.
 */
export async function untilAborted<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work();
  if (signal.aborted) throw aborted(signal);
  let stopWaiting = (): void => {};
  const abortion = new Promise<never>((_resolve, reject) => {
    stopWaiting = () => reject(aborted(signal));
    signal.addEventListener("abort", stopWaiting, { once: true });
  });
  try {
    return await Promise.race([work(), abortion]);
  } finally {
    signal.removeEventListener("abort", stopWaiting);
  }
}

function aborted(signal: AbortSignal): MsalError {
  return new MsalError("aborted", "The call was aborted while the application's proof was made.", {
    cause: signal.reason,
  });
}
