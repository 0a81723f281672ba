import type { TokenStore } from "../cache/token-store.ts";
import { check, type ConformanceTest, rejectionOf } from "./conformance-test.ts";
import { expectEqual } from "./expectation.ts";

/**
 * Makes a store with nothing in it. `again` opens what an earlier one of the same check keeps, as another process
 * would: for a store that lives in the memory of one process that is the same one.
 */
export type StoreMaker = (again?: TokenStore) => TokenStore | Promise<TokenStore>;

type Rule = (store: TokenStore, again: () => Promise<TokenStore>) => Promise<void>;

/**
 * What every {@link TokenStore} must do, for whoever writes one. Any test runner will do.
 *
 * @example
 *
 * ```ts
 * import { test } from "node:test";
 * import { memoryStore } from "msal-ts/stores/memory";
 * import { storeConformance } from "msal-ts/testing";
 *
 * for (const { name, run } of storeConformance((again) => again ?? memoryStore())) test(name, run);
 * ```
 */
export function storeConformance(make: StoreMaker): ConformanceTest[] {
  return Object.entries({ ...rules, ...lockRules }).map(([name, rule]) => ({
    name,
    run: async () => {
      const store = await make();
      await rule(store, async () => make(store));
    },
  }));
}

/** With what only JSON text can hold, and more than fits into one packet. */
const text = JSON.stringify({ AccessToken: { "a-b": { secret: 'é😀\u0000\n"\\' } }, filler: "x".repeat(100_000) });

const rules: Readonly<Record<string, Rule>> = {
  "knows nothing of a partition that was never set": async (store) => {
    expectEqual(await store.get("user:nobody"), undefined, "get");
  },

  "gives what was set, to the letter": async (store, again) => {
    const version = await write(store, "user:a.b", text);
    expectEqual(await store.get("user:a.b"), { data: text, version }, "get");
    expectEqual(await (await again()).get("user:a.b"), { data: text, version }, "get of another one");
  },

  "takes names with any printable characters, and keeps them apart": async (store) => {
    const names = [
      "user:a.b",
      "user:A.B",
      "user:a/b",
      "user:a\\b",
      "user:../a",
      "user:a b",
      "user:a%2Fb",
      "user:*",
      "é",
    ];
    for (const name of names) await write(store, name, JSON.stringify({ name }));
    for (const name of names) expectEqual((await store.get(name))?.data, JSON.stringify({ name }), name);
  },

  "leaves the text out for who knows the version, or gives it": async (store) => {
    const version = await write(store, "user:a", "{}");
    const found = await store.get("user:a", { known: version });
    expectEqual(found?.version, version, "version");
    check(found?.data === undefined || found.data === "{}", "no other text with the known version", found?.data);
    const next = await write(store, "user:a", '{"b":1}', version);
    expectEqual(await store.get("user:a", { known: version }), { data: '{"b":1}', version: next }, "get");
  },

  "sets only in the place of the expected version": async (store, again) => {
    const first = await write(store, "user:a", "1");
    const other = await again();
    expectEqual(await other.set("user:a", "2", {}), { conflict: true }, "set of what exists already");
    const second = await write(other, "user:a", "3", first);
    expectEqual(
      await store.set("user:a", "4", { expected: first }),
      { conflict: true },
      "set in the place of an old one",
    );
    expectEqual(await store.set("user:b", "5", { expected: second }), { conflict: true }, "set of what does not exist");
    expectEqual((await store.get("user:a"))?.data, "3", "text");
    expectEqual(await store.get("user:b"), undefined, "the partition that never was");
  },

  "gives each text a version of its own": async (store) => {
    const versions = [await write(store, "user:a", "1")];
    versions.push(await write(store, "user:a", "2", versions[0]));
    await store.delete("user:a");
    versions.push(await write(store, "user:a", "3"));
    expectEqual(new Set(versions).size, 3, "number of versions");
    expectEqual(await store.set("user:a", "late", { expected: versions[0] ?? "" }), { conflict: true }, "late set");
  },

  "lets one of many writers win": async (store, again) => {
    const version = await write(store, "user:a", "0");
    const writers = await Promise.all(Array.from({ length: 8 }, again));
    const results = await Promise.all(
      writers.map(async (writer, number) => writer.set("user:a", `of ${number}`, { expected: version })),
    );
    expectEqual(results.filter((result) => !("conflict" in result)).length, 1, "number of winners");
    const winner = results.findIndex((result) => !("conflict" in result));
    expectEqual((await store.get("user:a"))?.data, `of ${winner}`, "text");
  },

  "deletes, and only the expected version": async (store) => {
    const version = await write(store, "user:a", "1");
    const next = await write(store, "user:a", "2", version);
    expectEqual(await store.delete("user:a", { expected: version }), false, "delete of an old version");
    expectEqual((await store.get("user:a"))?.data, "2", "text");
    expectEqual(await store.delete("user:a", { expected: next }), true, "delete");
    expectEqual(await store.get("user:a"), undefined, "get after delete");
    expectEqual(await store.delete("user:a"), true, "delete of what is gone");
    await write(store, "user:a", "3");
  },

  "lists the partitions there are, if it lists": async (store) => {
    await write(store, "user:a", "1");
    await write(store, "user:b", "2");
    await store.delete("user:b");
    if (store.list !== undefined) expectEqual((await store.list()).toSorted(), ["user:a"], "list");
  },

  "does nothing for a signal that has aborted": async (store) => {
    const signal = AbortSignal.abort();
    await rejectionOf(store.get("user:a", { signal }), "get to reject");
    await rejectionOf(store.set("user:a", "1", { signal }), "set to reject");
    expectEqual(await store.get("user:a"), undefined, "get");
  },
};

const lockRules: Readonly<Record<string, Rule>> = {
  "lets one at a time into its lock, if it locks": async (store, again) => {
    let inside = 0;
    let most = 0;
    const enter = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await (await again()).get("user:a");
      inside -= 1;
    };
    const others = await Promise.all(Array.from({ length: 8 }, again));
    await Promise.all(others.map(async (other) => other.lock?.("one", enter)));
    if (store.lock !== undefined) expectEqual(most, 1, "number of those inside at once");
  },

  "gives what the critical part gives, and is free after it failed": async (store) => {
    if (store.lock === undefined) return;
    await rejectionOf(
      store.lock("one", () => Promise.reject(new Error("from inside"))),
      "lock to reject",
    );
    expectEqual(await store.lock("one", () => Promise.resolve("given")), "given", "outcome");
  },

  "keeps locks of other names apart": async (store) => {
    if (store.lock === undefined) return;
    const outcome = await store.lock("one", async () => store.lock?.("two", () => Promise.resolve("both")));
    expectEqual(outcome, "both", "outcome");
  },

  "ends the wait for a lock when the signal aborts": async (store) => {
    if (store.lock === undefined) return;
    const ending = new AbortController();
    await store.lock("one", async () => {
      const waiting = store.lock?.("one", () => Promise.resolve("entered"), { signal: ending.signal });
      ending.abort();
      await rejectionOf(Promise.resolve(waiting), "the wait to reject");
    });
    expectEqual(await store.lock("one", () => Promise.resolve("free")), "free", "outcome afterwards");
  },
};

async function write(store: TokenStore, partition: string, data: string, expected?: string): Promise<string> {
  const result = await store.set(partition, data, expected === undefined ? {} : { expected });
  if ("conflict" in result) throw new Error(`set("${partition}") was a conflict, though nobody else has written`);
  return result.version;
}
