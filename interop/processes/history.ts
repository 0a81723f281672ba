import type { Job, JobReport } from "./messages.ts";
import { type IssuedGrant, readToken } from "./token-provider.ts";

/** What became of a job. Times are places in the order in which the parent saw things happen. */
interface Attempt {
  readonly job: Job;
  readonly start: number;
  end?: number;
  /** Reported with a token. Else it was killed, or goes on. */
  isDone?: boolean;
}

/** All jobs of a run, and what follows from them for the store. */
export class History {
  /** What no job should have reported. */
  readonly faults: string[] = [];
  readonly #attempts = new Map<number, Attempt>();
  #now = 0;

  get done(): number {
    return [...this.#attempts.values()].filter(({ isDone }) => isDone === true).length;
  }

  begin(job: Job): void {
    this.#attempts.set(job.id, { job, start: this.#tick() });
  }

  killed({ id }: Job): void {
    const attempt = this.#attempts.get(id);
    if (attempt !== undefined) attempt.end = this.#tick();
  }

  reported({ id, isAbsent, fault }: JobReport): void {
    const attempt = this.#attempts.get(id);
    if (attempt === undefined) return;
    attempt.end = this.#tick();
    const { user, kind } = attempt.job;
    attempt.isDone = isAbsent !== true && fault === undefined;
    if (fault !== undefined) this.faults.push(`${kind} of ${user}: ${fault}`);
    if (isAbsent === true && this.#doneOf(user).some(({ end = 0 }) => end < attempt.start)) {
      this.faults.push(`${user} had been told "done" before, and was not in the store`);
    }
  }

  /**
   * What is wrong with the refresh tokens that the store holds at the end, by user. Each user who was told "done" has
   * one; and none that was old already when a job that was done later began. A killed process may have stored a newer
   * one without a word.
   */
  problems(stored: ReadonlyMap<string, string>, grants: readonly IssuedGrant[]): string[] {
    const users = new Set(
      [...this.#attempts.values()].filter(({ isDone }) => isDone === true).map(({ job }) => job.user),
    );
    return [...users].flatMap((user) => {
      const token = stored.get(user);
      if (token === undefined) return [`${user} was told "done", and has no refresh token`];
      const grant = grants[(readToken(token)?.number ?? 0) - 1];
      const source = this.#attempts.get(Number(grant?.job));
      if (source?.job.user !== user) return [`${user} has a token of somebody else: ${token}`];
      const newer = this.#doneOf(user).find(({ start }) => start > (source.end ?? Infinity));
      return newer === undefined ? [] : [`${user} has "${token}", though job ${newer.job.id} was done after it`];
    });
  }

  #doneOf(user: string): Attempt[] {
    return [...this.#attempts.values()].filter(({ job, isDone }) => isDone === true && job.user === user);
  }

  #tick(): number {
    this.#now += 1;
    return this.#now;
  }
}
