/**
 * One of the processes that share a store: says how many requests it made in how many milliseconds, and what they
 * moved.
 */
import { tell } from "../process/tell.ts";
import type { Job, OpenStore, StoreClient, Traffic } from "./client.ts";

const clients: Readonly<Record<string, () => Promise<StoreClient>>> = {
  file: async () => (await import("./msal-ts.ts")).onFile,
  redis: async () => (await import("./msal-ts.ts")).onRedis(0),
  "redis maxAge": async () => (await import("./msal-ts.ts")).onRedis(1000),
  "msal-node": async () => (await import("./msal-node.ts")).onRedis,
};

const { subject, place, users, work, startAt, time } = JSON.parse(process.argv[2] ?? "") as Job;
const client = await clients[subject]?.();
if (client === undefined) throw new Error(`There is no store ${subject}.`);
const numbers = Array.from({ length: users }, (_, number) => number);

const store = await client.open(place);
if (work === "hit" || work === "miss") await askInTime(store, work === "miss");
else await takeEach(store);
await store.close();

async function takeEach({ signIn, ask, traffic }: OpenStore): Promise<void> {
  // The first brings the scripts.
  if (work === "read") check(await ask(0, false));
  const before = await traffic();
  const some = work === "read" ? numbers.slice(1) : numbers;
  for (const number of some) check(await (work === "read" ? ask(number, false) : signIn(number)));
  tellTraffic(before, await traffic(), some.length);
}

async function askInTime({ ask, traffic }: OpenStore, fresh: boolean): Promise<void> {
  for (const number of numbers) check(await ask(number, false));
  if (fresh) check(await ask(0, true));
  await new Promise((resolve) => setTimeout(resolve, startAt - Date.now()));
  const before = await traffic();
  const started = performance.now();
  let requests = 0;
  for (; performance.now() - started < time; requests += 1) await ask(Math.floor(Math.random() * users), fresh);
  tell("rate", (requests * 1000) / (performance.now() - started));
  tellTraffic(before, await traffic(), requests);
}

function tellTraffic(before: Traffic, after: Traffic, requests: number): void {
  tell("bytes", (after.bytes - before.bytes) / requests);
  if (after.trips !== undefined) tell("trips", (after.trips - (before.trips ?? 0)) / requests);
}

function check(answer: unknown): void {
  if (typeof answer === "object" && answer !== null && !("error" in answer)) return;
  throw new Error(`A user's token is not there: ${JSON.stringify(answer)}`);
}
