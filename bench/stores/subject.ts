import type { Effort } from "../effort.ts";
import { msalNode, ours } from "../peers/libraries.ts";
import { type Program, runProgram } from "../process/program.ts";
import type { Job } from "./client.ts";

/** A library on a store. */
export interface Subject {
  /** As the program that measures knows it. */
  readonly key: string;
  readonly name: string;
  readonly kind: "file" | "redis";
}

export const onRedis: Subject = { key: "redis", name: `${ours.name}, Redis`, kind: "redis" };

export const subjects: readonly Subject[] = [
  { key: "file", name: `${ours.name}, file`, kind: "file" },
  onRedis,
  { key: "redis maxAge", name: `${ours.name}, Redis, maxAge 1 s`, kind: "redis" },
  { key: "msal-node", name: `${msalNode.name}, Redis`, kind: "redis" },
];

/** Sums over the processes, by name. */
export type Figures = ReadonlyMap<string, number>;

/** What one subject did. */
export interface Result {
  readonly subject: Subject;
  /** When every user was read for the first time. */
  readonly first: Figures;
  /** By number of processes. */
  readonly hit: ReadonlyMap<number, Figures>;
  readonly miss: ReadonlyMap<number, Figures>;
}

/** Lets more and more processes share what a subject keeps at its place. */
export async function measureSubject(
  program: Program,
  { subject, place }: { readonly subject: Subject; readonly place: string },
  { users, processes, startUp, sampleTime, budget }: Effort,
): Promise<Result> {
  async function run(work: Job["work"], count: number): Promise<Figures> {
    const wait = work === "hit" && subject.kind === "file" ? startUp.hitOnFile : startUp.atLeast;
    const startAt = Date.now() + wait + count * startUp.each;
    const job: Job = { subject: subject.key, place, users: users[subject.kind], work, startAt, time: sampleTime };
    const runs = Array.from({ length: count }, async () => (await runProgram(program, job, budget * 2)).figures);
    return sumOf(await Promise.all(runs));
  }
  async function runAll(work: Job["work"]): Promise<Map<number, Figures>> {
    const all = new Map<number, Figures>();
    for (const count of processes) all.set(count, await run(work, count));
    return all;
  }
  await run("sign in", 1);
  return { subject, first: await run("read", 1), hit: await runAll("hit"), miss: await runAll("miss") };
}

function sumOf(all: readonly Figures[]): Figures {
  const sums = new Map<string, number>();
  for (const [name, value] of all.flatMap((figures) => [...figures])) sums.set(name, (sums.get(name) ?? 0) + value);
  return sums;
}
