import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { TokenStore } from "msal-ts";
import { createClient } from "redis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RedisServer, skipsRedis, startRedis } from "../redis/redis-server.ts";
import { type BundledProgram, bundleProgram } from "../bundled-program.ts";
import { accountsIn, misfiled, refreshTokensIn } from "./filed-tokens.ts";
import type { StorePlace } from "./messages.ts";
import { openStore } from "./open-store.ts";
import { homeAccountIdOf, startProvider, type TokenProvider } from "./token-provider.ts";
import { type Outcome, torture } from "./torture.ts";
import { within } from "./within.ts";

const users = 20;

describe("8 processes at one store, of which one is killed every 300 ms", { timeout: 360_000 }, () => {
  let worker: BundledProgram;
  let provider: TokenProvider;

  beforeAll(async () => {
    worker = await bundleProgram(new URL("worker.ts", import.meta.url));
    provider = await startProvider({});
  });

  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
  });

  function run(place: StorePlace, jobs: number, look: () => Promise<void>): Promise<Outcome> {
    return torture({ program: worker.path, setup: { authority: provider.authority, place }, jobs, users, look });
  }

  function expectNothingLost({ history, faults, kills }: Outcome, texts: readonly string[]): void {
    expect(faults).toEqual([]);
    expect(kills).toBeGreaterThan(0);
    const stored = texts.flatMap(refreshTokensIn);
    expect(history.problems(stored, provider.grants)).toEqual([]);
    const accounts = texts.flatMap(accountsIn).toSorted();
    const signedIn = new Set(stored.flatMap(({ user }) => (user === undefined ? [] : homeAccountIdOf(user))));
    expect(accounts).toEqual([...signedIn].toSorted());
  }

  describe("a file", () => {
    let folder: string;
    let path: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), "msal-ts-torture-"));
      path = join(folder, "private", "tokens.json");
    });

    afterEach(() => rm(folder, { recursive: true, force: true }));

    it.each([
      ["in plain text", 2000, undefined],
      ["encrypted", 200, randomBytes(32).toString("base64url")],
    ])("loses nothing, mixes up nothing, is never half there and leaves no lock: %s", async (_, jobs, secret) => {
      const place: StorePlace = { kind: "file", path, ...(secret !== undefined && { secret }) };
      let looks = 0;
      const outcome = await run(place, jobs, async () => {
        // As any program reads it. Before the first write there is nothing to read, after it there always is.
        const text = await readFile(path, "utf8").catch(() => undefined);
        if (text === undefined && looks === 0) return;
        JSON.parse(text ?? "the file is gone");
        looks += 1;
      });
      expect(looks).toBeGreaterThan(10);
      const { store } = await openStore(place);
      const text = (await store.get("all"))?.data ?? "";
      expect(misfiled(text)).toEqual([]);
      expectNothingLost(outcome, [text]);
      await expectFreeLocks(store, ["write:all", "encryption-key"]);
      expect(await leftovers(path)).toEqual([]);
    });
  });

  describe.skipIf(skipsRedis())("a Redis", () => {
    let server: RedisServer;

    beforeAll(async () => {
      server = await startRedis();
    });

    afterAll(() => server[Symbol.asyncDispose]());

    it("loses nothing, mixes up nothing, is never half there and leaves no lock", async () => {
      const place: StorePlace = { kind: "redis", url: server.url, lockLifetime: 1000 };
      const { store, close } = await openStore(place);
      const texts = async (): Promise<Map<string, string>> => {
        const names = (await store.list?.()) ?? [];
        const found = await Promise.all(names.map(async (name) => (await store.get(name))?.data ?? ""));
        return new Map(names.map((name, index) => [name, found[index] ?? ""]));
      };
      const outcome = await run(place, 2000, async () => {
        for (const text of (await texts()).values()) JSON.parse(text);
      });
      const partitions = await texts();
      expect([...partitions].flatMap(([name, text]) => misfiled(text, name.replace(/^user:/, "")))).toEqual([]);
      expectNothingLost(outcome, [...partitions.values()]);
      await expectFreeLocks(store);
      const client = await createClient({ url: server.url }).connect();
      expect(await client.keys("*lock*")).toEqual([]);
      client.destroy();
      close();
    });
  });
});

/** A lock that a killed process held is free by now, or within the time that it lives without its holder. */
async function expectFreeLocks(store: TokenStore, more: readonly string[] = []): Promise<void> {
  const owners = Array.from({ length: users }, (_, number) => `user:${homeAccountIdOf(`user-${number}`)}`);
  for (const name of [...owners, ...more]) {
    const free = store.lock?.(name, () => Promise.resolve("free"));
    expect(await within(10, Promise.resolve(free), () => `the lock "${name}"`)).toBe("free");
  }
}

/** All but the file. A write that was cut short leaves a draft, which the next one writes over. */
async function leftovers(path: string): Promise<string[]> {
  const { store } = await openStore({ kind: "file", path });
  const { data = "", version = "" } = (await store.get("all")) ?? {};
  await store.set("all", `${data} `, { expected: version });
  return (await readdir(dirname(path))).filter((name) => name !== basename(path));
}
