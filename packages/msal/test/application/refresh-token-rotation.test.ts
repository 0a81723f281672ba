import { describe, expect, it } from "vitest";
import {
  type Account,
  PartitionedTokenCache,
  PublicClientApplication,
  SerializableTokenCache,
  TokenCache,
  type TokenStore,
  unwrap,
} from "../../src/index.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import { eventually } from "../support/eventually.ts";
import { publicApp } from "../support/apps.ts";
import { createGate, settled } from "../support/gate.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { createRotatingProvider, type RotatingProvider } from "../support/rotating-provider.ts";
import { storeWithout } from "../support/store-without.ts";
import { alice, authority, bob, clientId, homeAccountId, type TestUser, userTokens } from "../support/token-answers.ts";

const scopes = ["Files.Read", "Mail.Read", "Tasks.Read", "Notes.Read", "Sites.Read"];

const failing = (): Promise<never> => Promise.reject(new Error("connection lost"));

/** Caches of every kind, by name. */
const caches: Readonly<Record<string, (clock: ManualClock) => TokenCache | PartitionedTokenCache>> = {
  "in memory": (clock) => new TokenCache({ clock }),
  "that is saved as text": (clock) => new SerializableTokenCache({ clock }),
  "in a store with locks": (clock) => new PartitionedTokenCache(memoryStore({ clock }), { clock }),
  "in a store without locks": (clock) =>
    new PartitionedTokenCache(storeWithout("lock", memoryStore({ clock })), { clock }),
  "in a store that is away": (clock) =>
    new PartitionedTokenCache({ get: failing, set: failing, delete: failing, lock: failing }, { clock }),
  "with room for one partition": (clock) =>
    new PartitionedTokenCache(memoryStore({ clock }), { clock, maxPartitions: 1 }),
};

interface World {
  readonly clock: ManualClock;
  readonly provider: RotatingProvider;
  /** Two applications of one client on one cache. */
  readonly apps: readonly [PublicClientApplication, PublicClientApplication];
  readonly signIn: (user: TestUser) => Promise<Account>;
}

function worldWith(cacheAt: (clock: ManualClock) => TokenCache | PartitionedTokenCache): World {
  const clock = new ManualClock();
  const provider = createRotatingProvider(clock);
  const tokenCache = cacheAt(clock);
  const create = (): PublicClientApplication =>
    new PublicClientApplication({ clientId, authority, tokenCache, clock, fetch: provider.fetch });
  const apps = [create(), create()] as const;
  return {
    clock,
    provider,
    apps,
    async signIn(user) {
      const result = await apps[0].acquireTokenByRefreshToken(provider.signIn(user), ["User.Read"]);
      if ("error" in result || result.account === undefined) throw new Error("nobody is signed in");
      return result.account;
    },
  };
}

describe.each(Object.entries(caches))("B4.18 a refresh token that is good once, with a cache %s", (_, cacheAt) => {
  it("is used once by calls at once that ask for different things", async () => {
    const { apps, provider, signIn } = worldWith(cacheAt);
    const account = await signIn(alice);
    const asked = apps.flatMap((app) => scopes.map((scope) => app.acquireTokenSilent([scope], account)));
    const forced = apps.map((app) => app.acquireTokenSilent(["User.Read"], account, { forceRefresh: true }));
    for (const result of await Promise.all([...asked, ...forced])) expect(result).toHaveProperty("access_token");
    expect(provider.reused).toEqual([]);
    // The second application finds what the first one got.
    expect(provider.redemptions).toHaveLength(1 + scopes.length + 2);
  });

  it("is used once by hundreds of calls that ask for the same", async () => {
    const { apps, provider, clock, signIn } = worldWith(cacheAt);
    const account = await signIn(alice);
    clock.advance(3600_000);
    const calls = Array.from({ length: 300 }, (__, index) =>
      apps[index % 2 === 0 ? 0 : 1].acquireTokenSilent(["User.Read"], account),
    );
    const tokens = new Set((await Promise.all(calls)).map((result) => result?.access_token));
    expect(tokens.size).toBe(1);
    expect(provider.redemptions).toEqual(["User.Read", "User.Read"]);
  });

  it("keeps nobody else waiting", async () => {
    const { apps, provider, signIn } = worldWith(cacheAt);
    const accounts = [await signIn(alice), await signIn(bob)];
    const gate = createGate();
    provider.hold = () => gate.opened;
    const calls = accounts.map((account) => apps[0].acquireTokenSilent(["Mail.Read"], account));
    await eventually(() => expect(provider.running).toBe(2));
    gate.open();
    for (const result of await Promise.all(calls)) expect(result).toHaveProperty("access_token");
  });

  it("is not used for a call that has left the queue", async () => {
    const { apps, provider, signIn } = worldWith(cacheAt);
    const account = await signIn(alice);
    const gate = createGate();
    provider.hold = () => gate.opened;
    const first = apps[0].acquireTokenSilent(["Files.Read"], account);
    await eventually(() => expect(provider.running).toBe(1));
    const leaving = new AbortController();
    const second = apps[0].acquireTokenSilent(["Mail.Read"], account, { signal: leaving.signal });
    const third = apps[0].acquireTokenSilent(["Tasks.Read"], account);
    await settled();
    leaving.abort();
    await expect(second).rejects.toMatchObject({ code: "aborted" });
    expect(provider.running).toBe(1);
    gate.open();
    expect(await first).toHaveProperty("access_token");
    expect(await third).toHaveProperty("access_token");
    expect(provider.redemptions.slice(1)).toEqual(["Files.Read", "Tasks.Read"]);
    expect(provider.reused).toEqual([]);
  });
});

it("B4.18 a refresh token that another node has replaced does not come back with changes that were written late", async () => {
  const clock = new ManualClock();
  const provider = createRotatingProvider(clock);
  const store = memoryStore({ clock });
  let loses = false;
  // Writes, and then loses the answer.
  const set: TokenStore["set"] = async (...args) => {
    const result = await store.set(...args);
    return loses ? failing() : result;
  };
  const nodeAt = (at: TokenStore): PublicClientApplication =>
    new PublicClientApplication({
      clientId,
      authority,
      clock,
      fetch: provider.fetch,
      tokenCache: new PartitionedTokenCache(at, { clock }),
    });
  const [one, other] = [nodeAt({ ...store, set }), nodeAt(store)];
  const signedIn = await one.acquireTokenByRefreshToken(provider.signIn(alice), ["User.Read"]);
  const account = "error" in signedIn ? undefined : signedIn.account;
  if (account === undefined) throw new Error("nobody is signed in");
  loses = true;
  await one.acquireTokenSilent(["Files.Read"], account);
  await other.acquireTokenSilent(["Mail.Read"], account);
  loses = false;
  clock.advance(1000);
  expect(await one.acquireTokenSilent(["Tasks.Read"], account)).toHaveProperty("access_token");
  expect(await other.acquireTokenSilent(["Notes.Read"], account)).toHaveProperty("access_token");
  expect(provider.reused).toEqual([]);
});

it("B4.7 an aging token is renewed under the store's lock, and what came is in the store though nobody waits", async () => {
  const clock = new ManualClock();
  const store = memoryStore({ clock });
  const locked: string[] = [];
  const lock: NonNullable<TokenStore["lock"]> = async (name, critical, options) => {
    locked.push(name);
    return store.lock ? store.lock(name, critical, options) : critical(new AbortController().signal);
  };
  const tokenCache = new PartitionedTokenCache({ ...store, lock }, { clock });
  const { app, provider } = publicApp({ tokenCache }, clock);
  const aging = userTokens(clock, { expires_in: 7200, refresh_in: 3600 });
  provider.expectToken(authority, { json: aging });
  const { account } = unwrap(await app.acquireTokenByRefreshToken("seed", ["User.Read"]));
  clock.advance(3600_000);
  provider.expectToken(authority, { json: userTokens(clock, { access_token: "renewed" }) });
  const given = await app.acquireTokenSilent(["User.Read"], account ?? null);
  expect(given).toMatchObject({ access_token: "access-token", token_source: "cache" });
  const partition = `user:${homeAccountId(alice)}`;
  await eventually(async () => expect((await store.get(partition))?.data).toContain("renewed"));
  expect(locked).toEqual([partition]);
});
