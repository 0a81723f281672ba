import { receiveRedirect, type ReceiveRedirectOptions } from "../../src/interactive/receive-redirect.ts";
import type { RedirectResponse } from "../../src/interactive/redirect-response.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** The state of every sign-in of these tests. */
export const state = "state-of-ours";

/** A sign-in that has opened its page. */
export interface WaitingSignIn {
  port: number;
  redirectUri: string;
  clock: ManualClock;
  /** Aborted when the wait has ended. */
  over: AbortSignal;
  outcome: Promise<RedirectResponse>;
}

/** Starts to wait for the browser, and returns once the page is "open". */
export async function startWaiting(options: Partial<ReceiveRedirectOptions> = {}): Promise<WaitingSignIn> {
  const clock = new ManualClock();
  return new Promise((resolve, reject) => {
    const outcome = receiveRedirect({
      expectedState: state,
      clock,
      ...options,
      open: (redirectUri, over) => {
        resolve({ port: Number(new URL(redirectUri).port), redirectUri, clock, over, outcome });
        return options.open?.(redirectUri, over);
      },
    });
    outcome.catch(reject);
  });
}
