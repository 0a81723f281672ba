import type { Clock } from "../runtime/clock.ts";
import { inTime } from "./in-time.ts";
import type { StoreProcess, StoreReport, StoreTaskName } from "./store-process.ts";

/** One process of a crew. */
export interface CrewMember {
  /** Gives the process a task, and gives what comes of it: of one without an end, that it is in the middle of it. */
  perform(name: StoreTaskName): Promise<unknown>;
  /** Ends the process at once; it is gone when the promise is fulfilled. */
  kill(): Promise<void>;
}

/** What a crew is made of. */
export interface CrewParts {
  readonly start: () => StoreProcess;
  readonly place: string;
  readonly size: number;
  readonly clock: Clock;
  /** Seconds. */
  readonly patience: number;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Joined {
  readonly member: CrewMember;
  readonly ready: Promise<unknown>;
}

/** Starts processes, and gives them when all are ready. */
export async function startCrew(parts: CrewParts): Promise<readonly CrewMember[]> {
  const joined = Array.from({ length: parts.size }, (_, number) => join(parts, number));
  const members = joined.map(({ member }) => member);
  try {
    await Promise.all(joined.map(({ ready }) => inTime(ready, parts.patience, parts.clock)));
    return members;
  } catch (error) {
    await Promise.all(members.map((member) => member.kill()));
    throw error;
  }
}

/** Under this number waits who wants to know that the process is ready. */
const readiness = 0;

function join({ start, place, clock, patience }: CrewParts, number: number): Joined {
  const child = start();
  const waiting = new Map<number, Waiting>();
  const gone = new Promise<void>((resolve) => void child.on("exit", resolve));
  const next = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => void waiting.set(id, { resolve, reject }));
  const ready = next(readiness);
  let tasks = readiness;

  child.on("message", settle);
  void gone.then(() => {
    for (const { reject } of waiting.values()) reject(new Error(`Process ${number} ended by itself.`));
  });

  function settle(report: StoreReport): void {
    const { resolve, reject } = waiting.get("id" in report ? report.id : readiness) ?? {};
    if ("fault" in report) reject?.(new Error(`In process ${number}: ${report.fault}`));
    else resolve?.("result" in report ? report.result : undefined);
  }
  const member: CrewMember = {
    perform(name) {
      tasks += 1;
      const result = next(tasks);
      child.send({ id: tasks, place, name, number });
      return inTime(result, patience, clock);
    },
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
  return { member, ready };
}
