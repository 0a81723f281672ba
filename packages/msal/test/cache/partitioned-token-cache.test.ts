import { describe, expect, it, vi } from "vitest";
import { inspect } from "node:util";
import { PartitionedTokenCache, type PartitionedTokenCacheOptions } from "../../src/cache/partitioned-token-cache.ts";
import { SerializableTokenCache } from "../../src/cache/serializable-token-cache.ts";
import type { TokenOwner } from "../../src/cache/partition.ts";
import type { TokenCache } from "../../src/cache/token-cache.ts";
import type { TokenEvent } from "../../src/cache/token-event.ts";
import type { TokenStore } from "../../src/cache/token-store.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import { eventually } from "../support/eventually.ts";
import { storeWithout } from "../support/store-without.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { clientInfo } from "./token-answers.ts";

const alice = { homeAccountId: "alice.contoso" };
const bob = { homeAccountId: "bob.contoso" };

function tokensOf(uid: string, scope: string, changes: Partial<TokenEvent> = {}): TokenEvent {
  return {
    client_id: "client",
    scope: [scope],
    token_endpoint: "https://login.microsoftonline.com/contoso/oauth2/v2.0/token",
    response: {
      access_token: `access-${uid}-${scope}`,
      refresh_token: `refresh-${uid}-${scope}`,
      expires_in: 3600,
      client_info: clientInfo(uid, "contoso"),
    },
    ...changes,
  };
}

const add = (uid: string, scope: string) => (cache: TokenCache) => cache.add(tokensOf(uid, scope));

interface Node {
  readonly cache: PartitionedTokenCache;
  readonly log: string[];
}

function node(store: TokenStore, options: PartitionedTokenCacheOptions = {}): Node {
  const log: string[] = [];
  const cache = new PartitionedTokenCache(store, { logger: { warn: (line) => void log.push(line) }, ...options });
  return { cache, log };
}

async function secretsIn(cache: TokenCache | Promise<TokenCache>): Promise<string[]> {
  return (await cache).find("AccessToken").map(({ secret }) => secret);
}

/** A store that can be broken and mended. */
function fragile(
  store: TokenStore,
): TokenStore & { broken: boolean; delay: Promise<unknown>; readonly calls: string[] } {
  const calls: string[] = [];
  const fragileStore = {
    broken: false,
    delay: Promise.resolve() as Promise<unknown>,
    calls,
    get: (...args: Parameters<TokenStore["get"]>) => attempt(`get ${args[0]}`, async () => store.get(...args)),
    set: (...args: Parameters<TokenStore["set"]>) => attempt(`set ${args[0]}`, async () => store.set(...args)),
    delete: (...args: Parameters<TokenStore["delete"]>) =>
      attempt(`delete ${args[0]}`, async () => store.delete(...args)),
    list: () => attempt("list", async () => store.list?.() ?? []),
  };
  async function attempt<T>(call: string, run: () => Promise<T>): Promise<T> {
    calls.push(call);
    await fragileStore.delay;
    if (fragileStore.broken) throw new Error("connection lost, refresh_token=secret-in-error");
    return run();
  }
  return fragileStore;
}

describe("PartitionedTokenCache", () => {
  it("B4.16 keeps each owner's tokens in a partition of their own, in the shared schema", async () => {
    const store = memoryStore();
    const { cache } = node(store);
    await cache.change(alice, add("alice", "a"));
    await cache.change(bob, add("bob", "b"));
    expect(await store.list?.()).toEqual(["user:alice.contoso", "user:bob.contoso"]);
    const state = (await store.get("user:alice.contoso"))?.data ?? "";
    expect(state).not.toContain("bob");
    const read = new SerializableTokenCache();
    read.deserialize(state);
    expect(await secretsIn(read)).toEqual(["access-alice-a"]);
  });

  it("reads what another process has written, and only the partition asked for", async () => {
    const store = fragile(memoryStore());
    await node(store).cache.change(alice, add("alice", "a"));
    await node(store).cache.change(bob, add("bob", "b"));
    store.calls.length = 0;
    expect(await secretsIn(node(store).cache.open(alice))).toEqual(["access-alice-a"]);
    expect(store.calls).toEqual(["get user:alice.contoso"]);
  });

  it("merges what two processes change at once, however often they collide", async () => {
    const store = memoryStore();
    const nodes = Array.from({ length: 8 }, () => node(store));
    await Promise.all(nodes.map(async ({ cache }) => cache.open(alice)));
    await Promise.all(nodes.map(async ({ cache }, number) => cache.change(alice, add("alice", `s${number}`))));
    const expected = nodes.map((_, number) => `access-alice-s${number}`);
    expect((await secretsIn(node(store).cache.open(alice))).toSorted()).toEqual(expected);
  });

  it("queues those who collide where all share one place, so that nobody is always last", async () => {
    for (const [partitioning, locks] of [
      ["single", ["write:all"]],
      ["owner", []],
    ] as const) {
      const store = { ...memoryStore(), partitioning };
      const lock = vi.spyOn(store, "lock");
      const nodes = [node(store), node(store)];
      await Promise.all(nodes.map(async ({ cache }) => cache.open(alice)));
      await Promise.all(nodes.map(async ({ cache }, number) => cache.change(alice, add("alice", `s${number}`))));
      expect(lock.mock.calls.map(([name]) => name)).toEqual(locks);
      expect(await secretsIn(node(store).cache.open(alice))).toHaveLength(2);
    }
  });

  it("says the same times when a change is made again after a conflict", async () => {
    const clock = new ManualClock();
    const store = fragile(memoryStore({ clock }));
    const { cache } = node(store, { clock });
    await cache.open(alice);
    store.broken = true;
    await cache.change(alice, add("alice", "a"));
    clock.advance(600_000);
    store.broken = false;
    await node(store, { clock }).cache.change(alice, add("alice", "b"));
    await cache.change(alice, () => {});
    const [found] = (await cache.open(alice)).find("AccessToken", { target: ["a"] });
    expect(found?.cached_at).toBe(String((clock.now() - 600_000) / 1000));
  });

  it("uses what it has while that is fresh, and moves no text when nothing has changed", async () => {
    const clock = new ManualClock();
    const get = vi.fn<TokenStore["get"]>();
    const inner = memoryStore({ clock });
    const store: TokenStore = { ...inner, maxAge: 1000, get: get.mockImplementation((...args) => inner.get(...args)) };
    const { cache } = node(store, { clock });
    await cache.change(alice, add("alice", "a"));
    clock.advance(999);
    expect(cache.open(alice)).not.toBeInstanceOf(Promise);
    clock.advance(1);
    const reads = get.mock.calls.length;
    expect(await secretsIn(cache.open(alice))).toEqual(["access-alice-a"]);
    expect(get.mock.calls.length).toBe(reads + 1);
    expect(await get.mock.results.at(-1)?.value).not.toHaveProperty("data");
  });

  it("lets calls at once share one read", async () => {
    const store = fragile(memoryStore());
    const { cache } = node(store);
    await Promise.all(Array.from({ length: 100 }, async () => cache.open(alice)));
    expect(store.calls).toEqual(["get user:alice.contoso"]);
  });

  it("goes on in memory while the store is lost, warns once, and writes when it is back", async () => {
    const clock = new ManualClock();
    const store = fragile(memoryStore({ clock }));
    const { cache, log } = node(store, { clock });
    store.broken = true;
    await cache.change(alice, add("alice", "a"));
    await cache.change(bob, add("bob", "b"));
    expect(await secretsIn(cache.open(alice))).toEqual(["access-alice-a"]);
    expect(log).toEqual([expect.stringContaining("connection lost")]);
    expect(log.join()).not.toContain("secret-in-error");
    expect(store.calls).toHaveLength(1);
    store.broken = false;
    clock.advance(1000);
    await cache.change(bob, add("bob", "c"));
    await eventually(async () => expect(await secretsIn(node(store, { clock }).cache.open(alice))).toHaveLength(1));
    expect(log.at(-1)).toBe("The token store is back.");
  });

  it("asks a lost store once in a while, and keeps nobody else waiting for the answer", async () => {
    const clock = new ManualClock();
    const store = fragile(memoryStore({ clock }));
    const { cache } = node(store, { clock });
    store.broken = true;
    await cache.open(alice);
    clock.advance(1000);
    const gate = deferred();
    store.delay = gate.promise;
    const finding = cache.open(alice);
    await cache.open(bob);
    expect(store.calls).toEqual(["get user:alice.contoso", "get user:alice.contoso"]);
    gate.resolve(undefined);
    await finding;
  });

  it("B4.19 writes what a lost store lacks when it is back, though nobody calls", async () => {
    const clock = new ManualClock();
    const store = fragile(memoryStore({ clock }));
    const { cache } = node(store, { clock });
    store.broken = true;
    const users = Array.from({ length: 40 }, (_, number) => `u${number}`);
    await Promise.all(users.map(async (user) => cache.change({ homeAccountId: `${user}.contoso` }, add(user, "a"))));
    clock.advance(1000);
    await eventually(() => expect(clock.pending).toBe(1));
    store.broken = false;
    clock.advance(1000);
    await eventually(async () => expect(await store.list?.()).toHaveLength(users.length));
    expect(clock.pending).toBe(0);
  });

  it("B4.19 writes what a lost store lacks at once when it is told to, and says whether that is all", async () => {
    const clock = new ManualClock();
    const store = fragile(memoryStore({ clock }));
    const { cache } = node(store, { clock });
    expect(await cache.flush()).toBe(true);
    store.broken = true;
    await cache.change(alice, add("alice", "a"));
    await cache.change(bob, add("bob", "b"));
    expect(await cache.flush()).toBe(false);
    store.broken = false;
    expect(await cache.flush()).toBe(true);
    expect(await store.list?.()).toHaveLength(2);
    store.broken = true;
    await cache.change(alice, add("alice", "c"));
    await expect(cache.flush({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  });

  describe("over a store that may lose everything", () => {
    const removal = { clientId: "client", environments: ["login.microsoftonline.com"], ...alice };

    it("B4.19 writes anew what the store has lost", async () => {
      const inner = memoryStore();
      const { cache } = node({ ...inner, isVolatile: true });
      await cache.change(alice, add("alice", "a"));
      await inner.delete("user:alice.contoso");
      expect(await secretsIn(cache.open(alice))).toEqual(["access-alice-a"]);
      expect(await secretsIn(node(inner).cache.open(alice))).toEqual(["access-alice-a"]);
    });

    it("B4.19 takes a sign-out for no loss", async () => {
      const clock = new ManualClock();
      const store = { ...memoryStore({ clock }), isVolatile: true };
      const nodes = [node(store, { clock }), node(store, { clock })] as const;
      await nodes[0].cache.change(alice, add("alice", "a"));
      await nodes[1].cache.open(alice);
      await nodes[0].cache.change(alice, (held) => held.removeAccount(removal));
      clock.advance(24 * 3600 * 1000);
      expect(await secretsIn(nodes[1].cache.open(alice))).toEqual([]);
      // By now nobody takes it for a loss any more.
      clock.advance(48 * 3600 * 1000);
      expect(await store.list?.()).toEqual([]);
      expect(await secretsIn(nodes[1].cache.open(alice))).toEqual([]);
    });

    it("B4.19 takes a sign-out for no loss either where the store was lost before", async () => {
      const inner = memoryStore();
      const store = { ...inner, isVolatile: true };
      const nodes = [node(store), node(store)] as const;
      await nodes[0].cache.change(alice, add("alice", "a"));
      await nodes[1].cache.open(alice);
      await inner.delete("user:alice.contoso");
      await nodes[0].cache.change(alice, (held) => held.removeAccount(removal));
      expect(await secretsIn(nodes[1].cache.open(alice))).toEqual([]);
    });

    it("does not write anew what has ended, or was last seen long ago", async () => {
      const clock = new ManualClock();
      const inner = memoryStore({ clock });
      const { cache } = node({ ...inner, isVolatile: true }, { clock });
      const app = { clientId: "client", tenant: "contoso" };
      const response = { access_token: "of the app", expires_in: 3600 };
      await cache.change(app, (held) => held.add(tokensOf("", "x", { grant_type: "client_credentials", response })));
      await cache.change(alice, add("alice", "a"));
      clock.advance(3900_000);
      await cache.open(app);
      expect(await inner.list?.()).toEqual(["user:alice.contoso"]);
      await inner.delete("user:alice.contoso");
      clock.advance(24 * 3600_000);
      expect((await cache.open(alice)).find("RefreshToken")).toEqual([]);
    });
  });

  it("sets a broken partition aside with a warning, and leaves the others", async () => {
    const store = memoryStore();
    await node(store).cache.change(bob, add("bob", "b"));
    await store.set("user:alice.contoso", '{"AccessToken": 5', {});
    const { cache, log } = node(store);
    expect(await secretsIn(cache.open(alice))).toEqual([]);
    expect(log).toEqual([expect.stringContaining("set aside")]);
    // Whoever comes before it is written over finds it too, and needs no copy of its own.
    await node(store).cache.open(alice);
    await cache.change(alice, add("alice", "a"));
    const names = (await store.list?.()) ?? [];
    const [aside = "", ...more] = names.filter((name) => name.startsWith("corrupt:user:alice.contoso:"));
    expect(more).toEqual([]);
    expect((await store.get(aside))?.data).toBe('{"AccessToken": 5');
    expect(await secretsIn(node(store).cache.open(alice))).toEqual(["access-alice-a"]);
    expect(await secretsIn(node(store).cache.open(bob))).toEqual(["access-bob-b"]);
  });

  it("leaves nothing behind when the last token is gone", async () => {
    const store = memoryStore();
    const { cache } = node(store);
    await cache.change(alice, add("alice", "a"));
    const removal = { clientId: "client", environments: ["login.microsoftonline.com"], ...alice };
    await cache.change(alice, (held) => held.removeAccount(removal));
    expect(await store.list?.()).toEqual([]);
  });

  it("keeps a partition as long as its longest-lived token", async () => {
    const clock = new ManualClock();
    const inner = memoryStore({ clock });
    const set = vi.fn<TokenStore["set"]>((...args) => inner.set(...args));
    const { cache } = node({ ...inner, set }, { clock, refreshTokenLifetime: 86_400 });
    await cache.change(alice, add("alice", "a"));
    expect(set.mock.lastCall?.[2].ttl).toBe(86_400 + 300);
    const app = { clientId: "client", tenant: "contoso" };
    const response = { access_token: "of the app", expires_in: 3600 };
    await cache.change(app, (held) => held.add(tokensOf("", "x", { grant_type: "client_credentials", response })));
    expect(set.mock.lastCall?.[2].ttl).toBe(3600 + 300);
  });

  it("writes no access token that has ended, however many have (B4.14)", async () => {
    const clock = new ManualClock();
    const store = memoryStore({ clock });
    const { cache } = node(store, { clock });
    for (let number = 0; number < 20; number += 1) await cache.change(alice, add("alice", `old-${number}`));
    clock.advance(3600 * 1000);
    await cache.change(alice, add("alice", "new"));
    const read = new SerializableTokenCache({ clock });
    read.deserialize((await store.get("user:alice.contoso"))?.data);
    expect(await secretsIn(read)).toEqual(["access-alice-new"]);
  });

  it("lets the partition used longest ago leave, but none that the store lacks", async () => {
    const clock = new ManualClock();
    const store = fragile(memoryStore({ clock }));
    const { cache } = node(store, { clock, maxPartitions: 1 });
    store.broken = true;
    await cache.change(alice, add("alice", "a"));
    await cache.change(bob, add("bob", "b"));
    expect(await secretsIn(cache.open(alice))).toEqual(["access-alice-a"]);
    store.broken = false;
    clock.advance(1000);
    await cache.change(alice, add("alice", "c"));
    await cache.change(bob, add("bob", "d"));
    store.calls.length = 0;
    await cache.open(alice);
    expect(store.calls).toEqual(["get user:alice.contoso"]);
  });

  it("B4.17 has one process at a time in a critical part, with the newest state", async () => {
    const store = memoryStore();
    const nodes = Array.from({ length: 8 }, () => node(store));
    let renewals = 0;
    await Promise.all(
      nodes.map(async ({ cache }) =>
        cache.exclusively(alice, async () => {
          if ((await secretsIn(cache.open(alice))).length > 0) return;
          renewals += 1;
          await cache.change(alice, add("alice", "a"));
        }),
      ),
    );
    expect(renewals).toBe(1);
  });

  it.each(["store without locks", "store with locks"])("takes turns in one process too, in a %s", async (kind) => {
    const store = kind === "store with locks" ? memoryStore() : storeWithout("lock", memoryStore());
    const { cache } = node(store);
    const running: string[] = [];
    const most = async (owner: TokenOwner, scopes: readonly string[]): Promise<void> =>
      cache.exclusively(
        owner,
        async () => {
          running.push(scopes.join());
          await gate.promise;
        },
        { scopes },
      );
    const gate = deferred();
    const app = { clientId: "client", tenant: "contoso" };
    const calls = [most(alice, ["a"]), most(alice, ["b"]), most(bob, ["c"])];
    // An application has no refresh token that two renewals would share.
    calls.push(most(app, ["d"]), most(app, ["D"]), most(app, ["e"]));
    await eventually(() => expect(running.toSorted(alphabetically)).toEqual(["a", "c", "d", "e"]));
    gate.resolve(undefined);
    await Promise.all(calls);
    expect(running.toSorted(alphabetically)).toEqual(["D", "a", "b", "c", "d", "e"]);
  });

  it("keeps a partition that somebody works with, though there is room for one alone", async () => {
    const store = fragile(memoryStore());
    const { cache } = node(store, { maxPartitions: 1 });
    await cache.change(alice, add("alice", "a"));
    await cache.exclusively(alice, async () => {
      await cache.change(bob, add("bob", "b"));
      expect(await secretsIn(cache.peek(alice))).toEqual(["access-alice-a"]);
      store.broken = true;
      await cache.change(alice, add("alice", "c"));
    });
    expect(await secretsIn(cache.open(alice))).toEqual(["access-alice-a", "access-alice-c"]);
  });

  it("takes away what another process has put where there was nothing a moment ago", async () => {
    const store = memoryStore();
    const { cache } = node(store);
    await cache.open(alice);
    await node(store).cache.change(alice, add("alice", "a"));
    const removal = { clientId: "client", environments: ["login.microsoftonline.com"], ...alice };
    await cache.change(alice, (held) => held.removeAccount(removal));
    expect(await store.list?.()).toEqual([]);
  });

  it("runs a critical part all the same where the store has no locks, or fails to give one", async () => {
    const lockless = storeWithout("lock", memoryStore());
    expect(await node(lockless).cache.exclusively(alice, () => Promise.resolve("done"))).toBe("done");
    const failing: TokenStore = { ...lockless, lock: () => Promise.reject(new Error("no lock")) };
    const { cache, log } = node(failing);
    expect(await cache.exclusively(alice, () => Promise.resolve("done"))).toBe("done");
    expect(log).toEqual([expect.stringContaining("no lock")]);
  });

  it("stands in line again when the lock is lost before anybody was asked, and not after", async () => {
    const lost = new AbortController();
    const lock: NonNullable<TokenStore["lock"]> = async (_, inside) => inside(lost.signal);
    const locks = vi.fn<typeof lock>(lock);
    const { cache } = node({ ...memoryStore(), lock: locks as typeof lock });
    const critical = vi.fn<() => Promise<string>>(() => {
      lost.abort();
      return Promise.resolve("done");
    });
    expect(await cache.exclusively(alice, critical)).toBe("done");
    expect([locks.mock.calls.length, critical.mock.calls.length]).toEqual([1, 1]);
    // The lock is lost from here on, whenever it is taken.
    expect(await cache.exclusively(alice, critical)).toBe("done");
    expect([locks.mock.calls.length, critical.mock.calls.length]).toEqual([3, 2]);
  });

  it("gives a critical part's own failure, and takes it for none of the store's", async () => {
    const { cache, log } = node(memoryStore());
    const failure = new Error("from inside");
    await expect(cache.exclusively(alice, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(log).toEqual([]);
  });

  it("opens the partitions of all users, where the store lists them", async () => {
    const store = memoryStore();
    const { cache } = node(store);
    await cache.change(alice, add("alice", "a"));
    await cache.change(bob, add("bob", "b"));
    const caches = await node(store).cache.openUsers();
    expect(await Promise.all(caches.map((each) => secretsIn(each)))).toEqual([["access-alice-a"], ["access-bob-b"]]);
    const listless = storeWithout("list", store);
    await expect(node(listless).cache.openUsers()).rejects.toMatchObject({ code: "store_cannot_list" });
  });

  it("has one partition for all where the store keeps everything in one place", async () => {
    const store: TokenStore = { ...memoryStore(), partitioning: "single" };
    const { cache } = node(store);
    await cache.change(alice, add("alice", "a"));
    await cache.change(bob, add("bob", "b"));
    expect(await store.list?.()).toEqual(["all"]);
    expect(await cache.openUsers()).toHaveLength(1);
    expect(await secretsIn(cache.open({ clientId: "client", tenant: "t" }))).toHaveLength(2);
  });

  it("ends the wait at once when the signal aborts, and keeps the change", async () => {
    const inner = memoryStore();
    const gate = deferred();
    const store: TokenStore = { ...inner, set: async (...args) => gate.promise.then(() => inner.set(...args)) };
    const { cache } = node(store);
    await cache.open(alice);
    const ending = new AbortController();
    const changing = cache.change(alice, add("alice", "a"), { signal: ending.signal });
    ending.abort();
    await expect(changing).rejects.toMatchObject({ code: "aborted" });
    gate.resolve(undefined);
    await eventually(async () => expect(await inner.list?.()).toEqual(["user:alice.contoso"]));
  });

  it("makes the change though the caller left before there was something to change", async () => {
    const inner = memoryStore();
    const gate = deferred();
    const store: TokenStore = { ...inner, get: async (...args) => gate.promise.then(() => inner.get(...args)) };
    const { cache } = node(store);
    const ending = new AbortController();
    const changing = cache.change(alice, add("alice", "a"), { signal: ending.signal });
    ending.abort();
    await expect(changing).rejects.toMatchObject({ code: "aborted" });
    const late = cache.change(alice, add("alice", "b"), { signal: ending.signal });
    await expect(late).rejects.toMatchObject({ code: "aborted" });
    gate.resolve(undefined);
    await eventually(async () => {
      expect((await inner.get("user:alice.contoso"))?.data).toContain("access-alice-a");
      expect((await inner.get("user:alice.contoso"))?.data).toContain("access-alice-b");
    });
  });

  it("makes changes in their order, at whatever moment of the first read the second one comes", async () => {
    for (let turns = 0; turns < 40; turns += 1) {
      const { cache } = node(memoryStore());
      const made: number[] = [];
      const first = cache.change(alice, () => void made.push(1));
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      await Promise.all([first, cache.change(alice, () => void made.push(2))]);
      expect(made).toEqual([1, 2]);
    }
  });

  it("throws what a change throws, and changes nothing", async () => {
    const store = memoryStore();
    const { cache } = node(store);
    const broken = tokensOf("alice", "a", { response: { id_token: "no token", access_token: "x" } });
    await expect(cache.change(alice, (held) => held.add(broken))).rejects.toMatchObject({ code: "invalid_id_token" });
    expect(await store.list?.()).toEqual([]);
  });

  it("shows nothing of what is in it", async () => {
    const { cache } = node(memoryStore());
    await cache.change(alice, add("alice", "a"));
    expect(inspect(cache, { depth: 9, showHidden: true }) + JSON.stringify(cache)).not.toMatch(
      /access-|refresh-|alice/,
    );
  });

  it.each([
    ["store", undefined, {}],
    ["maxPartitions", memoryStore(), { maxPartitions: 0 }],
    ["refreshTokenLifetime", memoryStore(), { refreshTokenLifetime: -1 }],
  ])("refuses an unusable %s", (option, store, options) => {
    expect(() => new PartitionedTokenCache(store as TokenStore, options)).toThrow(`"${option}" must be`);
  });
});

const alphabetically = (one: string, other: string): number => (one < other ? -1 : 1);

function deferred(): { promise: Promise<unknown>; resolve: (value: unknown) => void } {
  let resolve: (value: unknown) => void = () => {};
  const promise = new Promise<unknown>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}
