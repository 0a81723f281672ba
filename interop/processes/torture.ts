import { randomInt } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { type Crew, type Member, startCrew } from "./crew.ts";
import { History } from "./history.ts";
import type { Job, Setup } from "./messages.ts";
import { within } from "./within.ts";

/** How hard processes are pressed. */
export interface Pressure {
  readonly program: string;
  readonly setup: Setup;
  /** How many jobs must be done. Those of killed processes do not count. */
  readonly jobs: number;
  readonly users: number;
  /** Called over and over while the processes work. */
  readonly look: () => Promise<void>;
}

/** What happened. */
export interface Outcome {
  readonly history: History;
  /** What went wrong beside the jobs. */
  readonly faults: readonly string[];
  readonly kills: number;
}

const processes = 8;
/** How many applications each user signs in to: what one of them changes must not undo what another one does. */
const apps = 3;
/** How many jobs each process does at once. */
const atOnce = 4;
/** Milliseconds from one kill to the next. */
const killEvery = 300;
/** Jobs that are done in between at least: where the machine is slow, processes would do nothing but start. */
const jobsBetweenKills = 60;
/** Milliseconds from one look at the store to the next. */
const lookEvery = 10;
/** Seconds: far more than it takes. */
const limit = 300;

/** Lets processes sign users in and renew their tokens, all at once, while one after the other is killed. */
export async function torture({ program, setup, jobs, users, look }: Pressure): Promise<Outcome> {
  const history = new History();
  const isOver = (): boolean => history.done >= jobs;
  const crew = await startCrew(program, setup, processes, {
    reported(member, report) {
      history.reported(report);
      employ(member);
    },
    killed: (job) => history.killed(job),
  });
  let next = 1;
  let kills = 0;

  function employ(member: Member): void {
    while (member.jobs.size < atOnce && !isOver()) {
      const kind = randomInt(3) === 0 ? "sign in" : "renew";
      const job: Job = { id: next, kind, user: `user-${randomInt(users)}`, app: `app-${randomInt(apps)}` };
      next += 1;
      history.begin(job);
      member.send(job);
    }
  }
  async function keepKilling(): Promise<void> {
    for (let done = 0; !isOver(); done = history.done) {
      await wait(killEvery);
      while (history.done < done + jobsBetweenKills && !isOver()) await wait(lookEvery);
      const victim = crew.members[randomInt(crew.members.length)];
      if (victim !== undefined) await crew.kill(victim);
      kills += 1;
      employ(await crew.join());
    }
  }
  async function keepLooking(): Promise<void> {
    while (isBusy(crew) || !isOver()) {
      await look();
      await wait(lookEvery);
    }
  }

  try {
    for (const member of crew.members) employ(member);
    const missing = (): string => `${history.done} of ${jobs} jobs done, ${kills} kills, ${history.faults.join("\n")}`;
    await within(limit, Promise.all([keepKilling(), keepLooking()]), missing);
    return { history, faults: [...history.faults, ...crew.faults], kills };
  } finally {
    await crew[Symbol.asyncDispose]();
  }
}

function isBusy({ members }: Crew): boolean {
  return members.some(({ jobs }) => jobs.size > 0);
}
