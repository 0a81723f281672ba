import type { Clock } from "../clock.ts";
import type { EmulatorUser } from "../directory.ts";
import { entraError } from "../errors.ts";

const attemptsBeforeLock = 10;
const lockTime = 60 * 1000;

/** Checks passwords, and locks an account for a minute after ten wrong ones, as smart lockout does. */
export class Passwords {
  readonly #failures = new Map<string, { count: number; last: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws AADSTS50053, AADSTS50057, AADSTS50126 or AADSTS50055. */
  check(user: EmulatorUser, password: string): void {
    if (user.condition === "locked" || this.#isLocked(user)) throw entraError(50053);
    if (user.condition === "disabled") throw entraError(50057);
    if (password !== user.password) {
      this.#failures.set(user.oid, { count: this.#count(user) + 1, last: this.#clock.now() });
      throw entraError(50126);
    }
    // Only who knows the old password learns that it is out of date.
    if (user.condition === "password-expired") throw entraError(50055);
    this.#failures.delete(user.oid);
  }

  #isLocked(user: EmulatorUser): boolean {
    return this.#count(user) >= attemptsBeforeLock;
  }

  /** Failures count until a minute has passed without a new one. */
  #count(user: EmulatorUser): number {
    const entry = this.#failures.get(user.oid);
    return entry === undefined || this.#clock.now() - entry.last > lockTime ? 0 : entry.count;
  }
}
