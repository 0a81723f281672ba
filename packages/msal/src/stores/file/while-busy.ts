import { systemErrorCode } from "../../error/system-error-code.ts";
import { operatingSystem } from "../../runtime/environment.ts";
import { type Clock, sleep } from "../../runtime/clock.ts";

/** How often it is tried at most, and the milliseconds in between: two seconds in all. */
const mostTries = 100;
const pause = 20;

/** What Windows says of a file that another program has open, or that is about to go. */
const busyCodes: readonly unknown[] = ["EPERM", "EACCES", "EBUSY"];

/**
 * Tries again for a while what Windows refuses because another program, such as a virus scanner, has the file open.
 * Elsewhere nobody stands in the way by that, and a refusal is meant.
 */
export async function whileBusy<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === mostTries || !isBusy(error)) throw error;
    }
    await sleep(clock, pause);
  }
}

function isBusy(error: unknown): boolean {
  if (operatingSystem() !== "win32") return false;
  return busyCodes.includes(systemErrorCode(error));
}
