/** Measures one library's misses in all courses, and says each figure: `time …` in milliseconds, and `requests …`. */
import { appAnswer, scopeOf } from "../held/answers.ts";
import { tell } from "../process/tell.ts";
import type { Client, Course, Job } from "./client.ts";

const clients: Readonly<Record<string, () => Promise<{ readonly client: Client }>>> = {
  "msal-ts": () => import("./msal-ts.ts"),
  "@azure/msal-node": () => import("./msal-node.ts"),
  "@azure/identity": () => import("./azure-identity.ts"),
};

type Ask = (scope: string) => Promise<unknown>;

const { library, count, delay } = JSON.parse(process.argv[2] ?? "") as Job;
const numbers = Array.from({ length: count }, (_, number) => number);

const courses: Readonly<Record<Course, { readonly wait: number; readonly run: (ask: Ask) => Promise<unknown> }>> = {
  distinct: {
    wait: 0,
    async run(ask) {
      for (const number of numbers) await ask(scopeOf(number));
    },
  },
  "distinct at once": {
    wait: delay,
    run: async (ask) => Promise.all(numbers.map(async (number) => ask(scopeOf(number)))),
  },
  "equal at once": { wait: delay, run: async (ask) => Promise.all(numbers.map(async () => ask(scopeOf(0)))) },
};

const loaded = await clients[library]?.();
if (loaded === undefined) throw new Error(`There is no library ${library}.`);
// Once for what happens only once in a process, such as loading and compiling code.
await runCourse(loaded.client, "distinct", 0);
for (const course of Object.keys(courses) as Course[]) {
  const { time, requests } = await runCourse(loaded.client, course, courses[course].wait);
  tell(`time ${course}`, time);
  tell(`requests ${course}`, requests);
}

async function runCourse(client: Client, course: Course, wait: number): Promise<{ time: number; requests: number }> {
  let number = 0;
  const { ask, requests } = client.start(async () => {
    await new Promise((resolve) => (wait === 0 ? setImmediate(resolve) : setTimeout(resolve, wait)));
    number += 1;
    return appAnswer(number);
  });
  const started = performance.now();
  await courses[course].run(ask);
  return { time: performance.now() - started, requests: requests() };
}
