import { Bench } from "tinybench";
import type { Limit, Section } from "../report.ts";
import type { Ask, Client } from "./client.ts";
import { msalNode } from "./msal-node.ts";
import { msalTs } from "./msal-ts.ts";

/** How many calls are measured as one: a call is shorter than what it takes to read the clock. */
const batch = 200;
/** How many different tokens are asked for in turn, of those held. */
const variety = 1000;

type Kind = "withAppTokens" | "withUsers";

interface Case {
  readonly kind: Kind;
  readonly client: Client;
  readonly counts: readonly number[];
  /** How many times longer than with one token it may take. Default: no limit. */
  readonly slowdown?: number;
}

const cases: readonly Case[] = [
  { kind: "withAppTokens", client: msalTs, counts: [1, 1000, 10_000, 100_000], slowdown: 3 },
  { kind: "withAppTokens", client: msalNode, counts: [1, 1000, 10_000] },
  { kind: "withUsers", client: msalTs, counts: [1, 100, 10_000], slowdown: 3 },
  { kind: "withUsers", client: msalNode, counts: [1, 100, 10_000] },
];

const whose: Record<Kind, string> = { withAppTokens: "app tokens", withUsers: "users" };

/** Asks for tokens that are held, one after the other, while more and more are held. */
export async function benchCachedTokens(): Promise<Section> {
  const rows: string[][] = [];
  const limits: Limit[] = [];
  for (const { kind, client, counts, slowdown } of cases) {
    const times: number[] = [];
    for (const count of counts) {
      const time = await measure(await client[kind](count), count);
      times.push(time);
      const ratio = time / (times[0] ?? Number.NaN);
      rows.push([client.name, whose[kind], count.toLocaleString("en"), time.toFixed(2), ratio.toFixed(1)]);
    }
    const value = Math.max(...times) / (times[0] ?? Number.NaN);
    const what = `${client.name} with many ${whose[kind]}, against one`;
    if (slowdown !== undefined) limits.push({ what, value, atMost: slowdown, unit: " times" });
  }
  return {
    title: "A token from the cache",
    about: "Microseconds for one awaited call, median. A client is asked for up to 1,000 different tokens in turn.",
    rows: [["library", "holds", "count", "time", "against one"], ...rows],
    limits,
  };
}

/** The median of one call, in microseconds. */
async function measure(ask: Ask, count: number): Promise<number> {
  const numbers = Array.from({ length: Math.min(count, variety) }, (_, index) =>
    Math.floor((index * count) / Math.min(count, variety)),
  );
  if ((await ask(count - 1)) === null) throw new Error("A token that should be held is not.");
  let turn = 0;
  // Where a call takes milliseconds, so many would take minutes.
  const slow = await isSlow(ask);
  const calls = slow ? 1 : batch;
  const bench = new Bench({
    time: 1000,
    warmupTime: 300,
    throws: true,
    ...(slow && { iterations: 9, warmupIterations: 1 }),
  });
  bench.add("calls", async () => {
    for (let call = 0; call < calls; call += 1) {
      turn = (turn + 1) % numbers.length;
      await ask(numbers[turn] ?? 0);
    }
  });
  const [task] = await bench.run();
  if (task?.result.state !== "completed") throw new Error("The measurement did not complete.");
  return ((task.result.latency.p50 ?? Number.NaN) * 1000) / calls;
}

async function isSlow(ask: Ask): Promise<boolean> {
  const started = performance.now();
  for (let call = 0; call < 20; call += 1) await ask(0);
  return performance.now() - started > 20;
}
