import type { Job, JobReport } from "./messages.ts";
import type { StoredRefreshToken } from "./filed-tokens.ts";
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
    const { kind, user, app } = attempt.job;
    attempt.isDone = isAbsent !== true && fault === undefined;
    if (fault !== undefined) this.faults.push(`${kind} of ${user} at ${app}: ${fault}`);
    if (isAbsent === true && this.#doneOf(user, app).some(({ end = 0 }) => end < attempt.start)) {
      this.faults.push(`${user} had been told "done" by ${app} before, and was not in the store`);
    }
  }

  /**
   * What is wrong with the refresh tokens that the store holds at the end. Each user who was told "done" by an
   * application has one there; and none that was old already when a job that was done later began. A killed process may
   * have stored a newer one without a word.
   */
  problems(stored: readonly StoredRefreshToken[], grants: readonly IssuedGrant[]): string[] {
    const done = [...this.#attempts.values()].filter(({ isDone }) => isDone === true);
    const places = new Map(done.map(({ job }) => [`${job.user} at ${job.app}`, job]));
    return [...places].flatMap(([place, { user, app }]) => {
      const tokens = stored.filter((entry) => entry.user === user && entry.clientId === app);
      const [token] = tokens;
      if (token === undefined || tokens.length > 1) return [`${place} has ${tokens.length} refresh tokens`];
      const grant = grants[(readToken(token.secret)?.number ?? 0) - 1];
      const source = this.#attempts.get(Number(grant?.job));
      if (source?.job.user !== user || source.job.app !== app)
        return [`${place} has a token of others: ${token.secret}`];
      const newer = this.#doneOf(user, app).find(({ start }) => start > (source.end ?? Infinity));
      return newer === undefined
        ? []
        : [`${place} has "${token.secret}", though job ${newer.job.id} was done after it`];
    });
  }

  #doneOf(user: string, app: string): Attempt[] {
    return [...this.#attempts.values()].filter(
      ({ job, isDone }) => isDone === true && job.user === user && job.app === app,
    );
  }

  #tick(): number {
    this.#now += 1;
    return this.#now;
  }
}
