import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Account, PartitionedTokenCache, PublicClientApplication } from "../../src/index.ts";
import type { TokenStore } from "../../src/cache/token-store.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import { clientInfo } from "../cache/token-answers.ts";
import { type Fate, fates, faultyStore } from "../support/faulty-store.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { createRotatingProvider, type RotatingProvider } from "../support/rotating-provider.ts";
import { alice, authority, bob, clientId, homeAccountId, type TestUser } from "../support/token-answers.ts";

/** Nodes over one store, each with faults of its own on the way there. */
interface Farm {
  readonly clock: ManualClock;
  readonly store: TokenStore;
  readonly caches: readonly PartitionedTokenCache[];
  /** Begins with the faults. */
  readonly fail: () => void;
  /** Ends all faults, and waits until every node has written what it has to. */
  readonly heal: () => Promise<void>;
}

function farmOf(calls: readonly (readonly Fate[])[], maxPartitions = 1000): Farm {
  const clock = new ManualClock(Date.UTC(2026, 0, 1), { autoAdvancing: true });
  const store = memoryStore({ clock });
  const stores = calls.map((each) => faultyStore(store, each));
  const caches = stores.map((each) => new PartitionedTokenCache(each, { clock, maxPartitions }));
  return {
    clock,
    store,
    caches,
    fail() {
      for (const each of stores) each.fail();
    },
    async heal() {
      for (const each of stores) each.heal();
      // What was on its way to the store while that still failed may fail during the first one.
      for (const cache of caches) if (!(await cache.flush())) expect(await cache.flush()).toBe(true);
    },
  };
}

/** A turn of the microtask queue, so that what was begun gets on. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}

describe("nodes over a store that fails, loses answers, conflicts and is slow", () => {
  const people = ["ann", "ben", "cid"] as const;
  const step = fc.record({
    node: fc.nat(2),
    person: fc.constantFrom(...people),
    /** What else happens: time goes by, somebody reads, nothing. */
    beside: fc.constantFrom("time", "read", "nothing", "nothing"),
    pause: fc.nat(8),
  });
  const faults = fates("refused", "lost", "conflict");

  it("B4.16 have every change in the store at the end, the last one of each, and in no other partition", async () => {
    const property = fc.asyncProperty(
      fc.tuple(faults, faults, faults),
      fc.array(step, { minLength: 1, maxLength: 24 }),
      fc.integer({ min: 1, max: 3 }),
      async (calls, steps, maxPartitions) => {
        const { clock, store, caches, fail, heal } = farmOf(calls, maxPartitions);
        fail();
        const last = new Map<string, string>();
        const changing: Promise<unknown>[] = [];
        for (const [number, { node, person, beside, pause }] of steps.entries()) {
          const secret = `of ${person} by ${node}: ${number}`;
          last.set(`${person} ${node}`, secret);
          const owner = { homeAccountId: `${person}.t` };
          const change = caches[node]?.change(owner, (cache) =>
            cache.add({
              client_id: "client",
              scope: [`node${node}`],
              token_endpoint: "https://login.microsoftonline.com/t/oauth2/v2.0/token",
              response: { access_token: secret, expires_in: 86_400, client_info: clientInfo(person, "t") },
            }),
          );
          if (change !== undefined) changing.push(change);
          if (beside === "time") clock.advance(1000);
          if (beside === "read") await caches[node]?.open(owner);
          await turns(pause);
        }
        await Promise.all(changing);
        await heal();
        for (const person of people) {
          const text = (await store.get(`user:${person}.t`))?.data ?? "";
          const found = Array.from(text.matchAll(/"of (\w+) by \d: \d+"/g), ([secret]) => secret.slice(1, -1));
          const expected = [0, 1, 2].flatMap((node) => last.get(`${person} ${node}`) ?? []);
          expect(found.toSorted(alphabetically)).toEqual(expected.toSorted(alphabetically));
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it("B4.8 keep out who signed out on one of them, whatever is renewed on the others meanwhile", async () => {
    const renewal = fc.record({
      node: fc.nat(1),
      scope: fc.constantFrom("Mail.Read", "Files.Read"),
      pause: fc.nat(40),
    });
    const property = fc.asyncProperty(
      fc.tuple(faults, faults),
      fc.array(renewal, { maxLength: 6 }),
      fc.nat(1),
      fc.nat(60),
      async (calls, renewals, node, delay) => {
        const { clock, store, caches, fail, heal } = farmOf(calls);
        const provider = createRotatingProvider(clock);
        const apps = caches.map((tokenCache) => appOn(tokenCache, clock, provider));
        const account = await signIn(apps[0], provider, alice);
        const other = await signIn(apps[0], provider, bob);
        fail();
        const working = renewals.map(async ({ node: at, scope, pause }) => {
          await turns(pause);
          await apps[at]?.acquireTokenSilent([scope], account);
        });
        await turns(delay);
        await apps[node]?.removeAccount(account);
        await Promise.all(working);
        await heal();
        expect(await store.get(`user:${homeAccountId(alice)}`)).toBeUndefined();
        for (const app of apps) expect(await app.getAccount(account.homeAccountId)).toBeNull();
        for (const app of apps) expect(await app.getAccount(other.homeAccountId)).toEqual(other);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});

it("B4.18 nodes whose store is slow and conflicts use each refresh token once", async () => {
  const call = fc.record({
    node: fc.nat(1),
    user: fc.constantFrom(alice, bob),
    scope: fc.constantFrom("Mail.Read", "Files.Read", "User.Read"),
    forceRefresh: fc.boolean(),
    pause: fc.nat(20),
  });
  const property = fc.asyncProperty(
    fc.tuple(fates("conflict"), fates("conflict")),
    fc.array(call, { minLength: 1, maxLength: 12 }),
    fc.integer({ min: 1, max: 2 }),
    async (calls, asked, maxPartitions) => {
      const { clock, caches, fail, heal } = farmOf(calls, maxPartitions);
      fail();
      const provider = createRotatingProvider(clock);
      const apps = caches.map((tokenCache) => appOn(tokenCache, clock, provider));
      const accounts = new Map<TestUser, Account>();
      for (const user of [alice, bob]) accounts.set(user, await signIn(apps[0], provider, user));
      await Promise.all(
        asked.map(async ({ node, user, scope, forceRefresh, pause }) => {
          await turns(pause);
          const account = accounts.get(user) ?? null;
          expect(await apps[node]?.acquireTokenSilent([scope], account, { forceRefresh })).toHaveProperty(
            "access_token",
          );
        }),
      );
      await heal();
      expect(provider.reused).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: 30 });
});

function appOn(
  tokenCache: PartitionedTokenCache,
  clock: ManualClock,
  { fetch }: RotatingProvider,
): PublicClientApplication {
  return new PublicClientApplication({ clientId, authority, clock, fetch, tokenCache });
}

async function signIn(
  app: PublicClientApplication | undefined,
  provider: RotatingProvider,
  user: TestUser,
): Promise<Account> {
  const result = await app?.acquireTokenByRefreshToken(provider.signIn(user), ["User.Read"]);
  if (result === undefined || "error" in result || result.account === undefined) throw new Error("nobody is signed in");
  return result.account;
}

const alphabetically = (one: string, other: string): number => (one < other ? -1 : 1);
