/** Fills one library, measures what was asked for, and says each figure as soon as it is known. */
import { tell } from "../process/tell.ts";
import { type Calls, timeOf } from "../process/time-of.ts";
import type { Client, Held, Question } from "./client.ts";
import type { Job, Measure } from "./job.ts";

const clients: Readonly<Record<string, () => Promise<{ readonly client: Client }>>> = {
  "bare look-up": () => import("./bare-look-up.ts"),
  "msal-ts": () => import("./msal-ts.ts"),
  "@azure/msal-node": () => import("./msal-node.ts"),
  "@azure/identity": () => import("./azure-identity.ts"),
};

/** How many different tokens are asked for in turn, of those held. */
const variety = 1000;
/** A step that comes by every number before it comes by one again. */
const stride = 611_953;

const job = JSON.parse(process.argv[2] ?? "") as Job;
const measures: Readonly<Record<Measure, () => Promise<void>>> = {
  memory: () => Promise.resolve(),
  ask: measureAsk,
  serialize: measureSerialize,
  deserialize: measureDeserialize,
  accounts: measureAccounts,
};
const { held, bytes } = await fill();
if (job.measures.includes("memory")) {
  tell("json", held.serialize?.().length ?? Number.NaN);
  tell("memory", bytes);
}
for (const measure of job.measures) await measures[measure]();

async function fill(): Promise<{ held: Held; bytes: number }> {
  const { client } = (await clients[job.library]?.()) ?? {};
  const make = client?.[job.holds];
  if (make === undefined) throw new Error(`${job.library} holds no ${job.holds}.`);
  // The code and what it makes once are not the tokens'.
  await make(1);
  const before = used();
  const filled = await make(job.count);
  return { held: filled, bytes: used() - before };
}

function used(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function measureAsk(): Promise<void> {
  const count = Math.min(job.count, variety);
  const questions = Array.from({ length: count }, (_, index) => held.ask((index * stride) % job.count));
  for (const question of [questions[0], questions.at(-1)]) check(await question?.());
  tell("ask", (await timeOf(inTurn(questions), job.sampleTime)) * 1000);
}

function inTurn(questions: readonly Question[]): Calls {
  let turn = 0;
  return async (count) => {
    for (let call = 0; call < count; call += 1) {
      turn = turn + 1 < questions.length ? turn + 1 : 0;
      await questions[turn]?.();
    }
  };
}

function check(answer: unknown): void {
  if (typeof answer === "object" && answer !== null && !("error" in answer)) return;
  throw new Error(`A token that should be held is not: ${JSON.stringify(answer)}`);
}

async function measureSerialize(): Promise<void> {
  tell(
    "serialize",
    await timeOf(
      repeated(() => held.serialize?.()),
      job.sampleTime,
    ),
  );
}

async function measureDeserialize(): Promise<void> {
  const state = held.serialize?.() ?? "";
  tell(
    "deserialize",
    await timeOf(
      repeated(() => held.deserialize?.(state)),
      job.sampleTime,
    ),
  );
}

async function measureAccounts(): Promise<void> {
  const listed = (await held.accounts?.())?.length;
  if (listed !== job.count) throw new Error(`${listed} accounts are listed instead of ${job.count}.`);
  const calls: Calls = async (count) => {
    for (let call = 0; call < count; call += 1) await held.accounts?.();
  };
  tell("accounts", await timeOf(calls, job.sampleTime));
}

function repeated(call: () => unknown): Calls {
  return (count) => {
    for (let time = 0; time < count; time += 1) call();
  };
}
