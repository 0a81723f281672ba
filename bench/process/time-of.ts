import { Bench } from "tinybench";

/** Milliseconds that the repetitions between two looks at the clock should take at least. */
const longEnough = 2;
/** Milliseconds from which on a call is repeated only so often: more would take minutes. */
const dear = 100;
const fewTimes = 3;
/** And from which on it is not repeated. */
const veryDear = 2000;

/** Makes so many calls, one after the other. */
export type Calls = (count: number) => void | Promise<void>;

/** The median time of one call, in milliseconds, of all that fit into `sampleTime` milliseconds. */
export async function timeOf(calls: Calls, sampleTime: number): Promise<number> {
  // Twice, since the first time the code is compiled.
  await calls(1);
  const once = await elapsed(calls, 1);
  if (once > veryDear) return once;
  if (once > dear) return medianOf(calls);
  const count = await sufficient(calls);
  const bench = new Bench({
    time: sampleTime,
    warmupTime: sampleTime / 2,
    iterations: 5,
    warmupIterations: 1,
    throws: true,
  });
  bench.add("calls", () => calls(count));
  const [task] = await bench.run();
  if (task?.result.state !== "completed") throw new Error("The measurement did not complete.");
  return (task.result.latency.p50 ?? Number.NaN) / count;
}

/** How many calls take long enough together: a single one may be shorter than what it takes to read the clock. */
async function sufficient(calls: Calls): Promise<number> {
  let count = 1;
  while ((await elapsed(calls, count)) < longEnough) count *= 2;
  return count;
}

async function medianOf(calls: Calls): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < fewTimes; time += 1) times.push(await elapsed(calls, 1));
  return times.toSorted((one, other) => one - other)[1] ?? Number.NaN;
}

async function elapsed(calls: Calls, count: number): Promise<number> {
  const started = performance.now();
  await calls(count);
  return performance.now() - started;
}
