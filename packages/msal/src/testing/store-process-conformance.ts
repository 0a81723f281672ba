import { type Clock, systemClock } from "../runtime/clock.ts";
import { randomUuid } from "../runtime/random.ts";
import type { ConformanceTest } from "./conformance-test.ts";
import { expectEqual } from "./expectation.ts";
import { type CrewMember, startCrew } from "./store-crew.ts";
import type { StoreProcess, StoreTaskName } from "./store-process.ts";
import { additions } from "./store-tasks.ts";

/** How {@link storeProcessConformance} tests. */
export interface StoreProcessConformanceOptions {
  /** How many processes use the store at once; at least 2. Default: 8. */
  readonly processes?: number;
  /**
   * How many seconds a process may take for a task. A lock whose holder was killed must be free again by then. Default:
   * 60.
   */
  readonly patience?: number;
  /** Where the time comes from. Default: the system. */
  readonly clock?: Clock;
}

type Rule = (crew: readonly CrewMember[]) => Promise<void>;

/**
 * What every `TokenStore` must do that several processes use at once, of which any may be killed: beside
 * {@link storeConformance}, for a store that outlives its process. Each check starts its processes anew, and ends them.
 *
 * @example
 *
 * ```ts
 * import { fork } from "node:child_process";
 * import { test } from "node:test";
 * import { storeProcessConformance } from "msal-ts/testing";
 *
 * // A program of your own that calls `serveStore`.
 * const program = new URL("store-process.js", import.meta.url);
 * for (const { name, run } of storeProcessConformance(() => fork(program))) test(name, run);
 * ```
 *
 * @param start - Starts a process whose program calls {@link serveStore}.
 */
export function storeProcessConformance(
  start: () => StoreProcess,
  options: StoreProcessConformanceOptions = {},
): ConformanceTest[] {
  const { processes: size = 8, patience = 60, clock = systemClock } = options;
  return Object.entries(rules).map(([name, rule]) => ({
    name: `${size} processes ${name}`,
    run: async () => {
      const crew = await startCrew({ start, place: randomUuid(), size, clock, patience });
      try {
        await rule(crew);
      } finally {
        await Promise.all(crew.map((member) => member.kill()));
      }
    },
  }));
}

const rules: Readonly<Record<string, Rule>> = {
  "lose nothing of what they write at once": async (crew) => {
    const firsts = await all(crew, "set first");
    expectEqual(firsts.filter((isFirst) => isFirst === true).length, 1, "number of those that were the first");
    await Promise.all([all(crew, "add"), all(crew, "add locked")]);
    const sum = String(additions * crew.length);
    for (const sums of await all(crew, "sums")) expectEqual(sums, [sum, sum], "sums without and with the lock");
    await all(crew, "fill");
    const filled = crew.flatMap((_, number) => [`user:${number}-a`, `user:${number}-c`]).toSorted();
    for (const users of await all(crew, "list")) expectEqual(users ?? filled, filled, "partitions, if it lists them");
  },

  "go on when one is killed that holds the lock, and many that write": async (crew) => {
    const [holder, reader, ...writers] = crew;
    await holder?.perform("hold");
    const entries = all([reader, ...writers], "enter");
    await holder?.kill();
    for (const entry of await entries) expectEqual(entry, "entered", "what came of waiting for the lock, if it locks");
    await all(writers, "write on");
    await reader?.perform("read");
    await Promise.all(writers.map((writer) => writer.kill()));
    await reader?.perform("rewrite");
  },
};

function all(crew: readonly (CrewMember | undefined)[], name: StoreTaskName): Promise<unknown[]> {
  return Promise.all(crew.map(async (member) => member?.perform(name)));
}
