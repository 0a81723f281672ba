import { MsalArgumentError } from "../error/argument-error.ts";
import { MsalError } from "../error/msal-error.ts";
import type { Clock } from "../runtime/clock.ts";

/** What may end the wait for the user. */
export interface InterruptionOptions {
  /** Ends the wait at once. */
  signal?: AbortSignal;
  /** Seconds until the wait ends. Default: no limit. */
  timeout?: number;
  clock: Clock;
}

/** Timers count milliseconds in 31 bits. In seconds. */
const longestTimeout = 2_147_483;

/** @throws {MsalArgumentError} `invalid_option`, when there can be no such time limit. */
export function checkTimeout(timeout: number): void {
  if (timeout > 0 && timeout <= longestTimeout) return;
  const message = `must be a number of seconds above 0 and up to ${longestTimeout}; leave it out to wait without limit`;
  throw new MsalArgumentError("invalid_option", "timeout", message);
}

/** Rejects when the caller aborts or the time is up. Timer and listener go when `over` aborts. */
export function interruption({ signal, timeout, clock }: InterruptionOptions, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(aborted(signal)), { signal: over });
    if (timeout === undefined) return;
    const cancel = clock.after(timeout * 1000, () => reject(timedOut(timeout)));
    over.addEventListener("abort", cancel, { once: true });
  });
}

/** @throws {MsalError} `aborted`, if the caller has already aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw aborted(signal);
}

function aborted(signal: AbortSignal): MsalError {
  return new MsalError("aborted", "The sign-in was ended by the caller's signal.", { cause: signal.reason });
}

function timedOut(timeout: number): MsalError {
  return new MsalError(
    "interaction_timeout",
    `The user did not finish the sign-in within ${timeout} s. Offer to start it again, or give a longer "timeout". ` +
      "If the browser showed that localhost cannot be reached, check its proxy settings.",
  );
}
