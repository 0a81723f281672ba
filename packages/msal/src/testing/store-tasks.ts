import type { TokenStore } from "../cache/token-store.ts";
import { check } from "./conformance-test.ts";
import type { StoreTask, StoreTaskName } from "./store-process.ts";

/** Does a task with a store. `begun` says that a task without an end is in the middle of its work. */
export type StoreTaskWork = (store: TokenStore, task: StoreTask, begun: () => void) => Promise<unknown>;

/** How often each process adds one. */
export const additions = 8;
/** How often a process reads, or writes, a whole text. */
const turns = 10;

/** What a process does at each task. */
export const storeTasks: Readonly<Record<StoreTaskName, StoreTaskWork>> = {
  async "set first"(store, { number }) {
    return "version" in (await store.set("first", String(number), {}));
  },

  add: (store) => repeat(additions, () => addOne(store, "sum")),

  "add locked": (store) => repeat(additions, () => addOneLocked(store, "locked sum")),

  sums: async (store) => [(await store.get("sum"))?.data, (await store.get("locked sum"))?.data],

  /** Of three partitions one goes again. */
  async fill(store, { number }) {
    for (const letter of "abc") await store.set(`user:${number}-${letter}`, letter, {});
    return store.delete(`user:${number}-b`);
  },

  list: async (store) => (await store.list?.())?.filter((name) => name.startsWith("user:")).toSorted(),

  hold: async (store, _, begun) => {
    if (store.lock === undefined) return begun();
    return store.lock("held", () => stay(begun));
  },

  enter: async (store) => (store.lock === undefined ? "entered" : store.lock("held", () => Promise.resolve("entered"))),

  async "write on"(store, { number }, begun) {
    await rewrite(store, number);
    begun();
    for (;;) await rewrite(store, number);
  },

  read: (store) => repeat(turns, async () => checkWhole((await store.get("text"))?.data)),

  rewrite: (store, { number }) => repeat(turns, () => rewrite(store, number)),
};

async function repeat(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let count = 0; count < times; count += 1) await work();
}

function stay(begun: () => void): Promise<never> {
  begun();
  return new Promise(() => {});
}

/** As every user of a store does it: reads, changes, writes in the place of what was read, and again on a conflict. */
async function addOne(store: TokenStore, partition: string): Promise<void> {
  while (!(await triesToAddOne(store, partition)));
}

/** With the lock in hand nobody else is there to be in conflict with. */
async function addOneLocked(store: TokenStore, partition: string): Promise<void> {
  if (store.lock === undefined) return addOne(store, partition);
  const added = await store.lock("adding", () => triesToAddOne(store, partition));
  check(added, "nobody else to write under the lock", "a conflict");
}

async function triesToAddOne(store: TokenStore, partition: string): Promise<boolean> {
  const found = await store.get(partition);
  const result = await store.set(partition, String(Number(found?.data ?? 0) + 1), expecting(found));
  return "version" in result;
}

/** More than a system writes in one go. */
const textLength = 50_000;

/** Writes a text that is the same sign from end to end, in the place of another one's. */
async function rewrite(store: TokenStore, number: number): Promise<void> {
  const found = await store.get("text");
  checkWhole(found?.data);
  await store.set("text", String(number % 10).repeat(textLength), expecting(found));
}

function checkWhole(text: string | undefined): void {
  if (text === undefined) return;
  check(text.length === textLength, `a text of ${textLength} characters`, text.length);
  const [first = ""] = text;
  check(text === first.repeat(textLength), "the text of one write", "a mixture of several");
}

function expecting(found: { readonly version: string } | undefined): { readonly expected?: string } {
  return found === undefined ? {} : { expected: found.version };
}
