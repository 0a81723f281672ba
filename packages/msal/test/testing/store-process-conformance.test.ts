import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import type { TokenStore } from "../../src/cache/token-store.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import { serveStore, type StoreProcess, storeProcessConformance, type StoreReport } from "../../src/testing.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** Breaks the store of a process, which stands on one that all share. */
type Breaks = (store: TokenStore, shared: TokenStore) => Partial<TokenStore> | undefined;

/** Processes that are none, at stores in the memory of this one. A killed one hears and says nothing more. */
function createProcesses(breaks: Breaks): () => StoreProcess {
  const shared = new Map<string, TokenStore>();
  return () => {
    const [child, port] = [new EventEmitter(), new EventEmitter()];
    const killed = new AbortController();
    const deliver = (to: EventEmitter, message: unknown): void =>
      void setImmediate(() => killed.signal.aborted || to.emit("message", message));
    const open = (place: string): TokenStore => {
      const store = shared.get(place) ?? memoryStore();
      shared.set(place, store);
      const own = untilKilled(store, killed.signal);
      return { ...own, ...breaks(own, store) };
    };
    serveStore(Object.assign(port, { send: (report: StoreReport) => deliver(child, report), exit: () => {} }), open);
    return Object.assign(child, {
      send: (task: unknown) => deliver(port, task),
      kill() {
        killed.abort();
        setImmediate(() => child.emit("exit"));
      },
    });
  };
}

/** Each call takes a turn of the event loop, as one to the outside does, and a killed process does not come to its end. */
function untilKilled(store: TokenStore, killed: AbortSignal): TokenStore {
  const turn = async (): Promise<void> => {
    await new Promise(setImmediate);
    killed.throwIfAborted();
  };
  return {
    ...store,
    get: async (...call) => turn().then(() => store.get(...call)),
    set: async (...call) => turn().then(() => store.set(...call)),
    lock: lockUntilKilled(store, killed),
  };
}

/** As an operating system does it, the lock of a killed process is free. */
function lockUntilKilled(store: TokenStore, killed: AbortSignal): NonNullable<TokenStore["lock"]> {
  const gone = new Promise<never>((_resolve, reject) => {
    killed.addEventListener("abort", () => reject(new Error("killed")));
  });
  gone.catch(() => {});
  return async (name, critical) => {
    if (store.lock === undefined) throw new TypeError("a store in memory has locks");
    return store.lock(name, async (lost) => Promise.race([critical(lost), gone]));
  };
}

/** The checks that a store fails which is broken so. */
async function failures(breaks: Breaks, clock = new ManualClock()): Promise<string[]> {
  const checks = storeProcessConformance(createProcesses(breaks), { processes: 3, patience: 5, clock });
  const outcomes = checks.map(async ({ name, run }) =>
    run().then(
      () => "",
      () => name,
    ),
  );
  return (await Promise.all(outcomes)).filter((name) => name !== "");
}

describe("the conformance suite with processes notices a store that", () => {
  it("keeps the contract, and then nothing; with and without locks and a list", async () => {
    expect(await failures(() => ({}))).toEqual([]);
    expect(await failures(() => ({ lock: undefined, list: undefined }) as object)).toEqual([]);
  });

  it.each<[fault: string, breaks: Breaks, noticed: RegExp]>([
    [
      "takes the last of two writes",
      (_, shared) => ({
        async set(partition, data) {
          await new Promise(setImmediate);
          const current = await shared.get(partition);
          return shared.set(partition, data, current === undefined ? {} : { expected: current.version });
        },
      }),
      /lose nothing/,
    ],
    [
      "lets all into its lock",
      () => ({ lock: (_, critical) => critical(new AbortController().signal) }),
      /lose nothing/,
    ],
    ["lists what is gone", () => ({ list: () => Promise.resolve(["user:0-a", "user:0-b"]) }), /lose nothing/],
    [
      "gives a part of a text",
      (store) => ({
        async get(partition, options) {
          const found = await store.get(partition, options);
          return found?.data === undefined ? found : { ...found, data: found.data.slice(0, 40_000) };
        },
      }),
      /go on/,
    ],
  ])("%s", async (_, breaks, noticed) => {
    expect(await failures(breaks)).toContainEqual(expect.stringMatching(noticed));
  });

  it("keeps the lock of a killed process", async () => {
    const clock = new ManualClock();
    const stuck = memoryStore();
    const failing = failures(() => stuck.lock && { lock: stuck.lock.bind(stuck) }, clock);
    // The holder is killed after so many turns of the event loop at most; then it is waited for in vain.
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    clock.advance(5000);
    expect(await failing).toContainEqual(expect.stringMatching(/go on when one is killed that holds the lock/));
  });

  it("ends before it is ready, and the others are ended too", async () => {
    const killed: number[] = [];
    const start = (): StoreProcess => {
      const child = new EventEmitter();
      const number = killed.push(0) - 1;
      if (number === 1) setImmediate(() => child.emit("exit"));
      return Object.assign(child, {
        send: () => {},
        kill() {
          killed[number] = 1;
          child.emit("exit");
        },
      });
    };
    const [check] = storeProcessConformance(start, { processes: 3, clock: new ManualClock() });
    await expect(check?.run()).rejects.toThrow("Process 1 ended by itself.");
    expect(killed).toEqual([1, 1, 1]);
  });
});
