import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MsalError } from "../../src/error/msal-error.ts";
import type { AccessTokenQuery } from "../../src/cache/access-token-query.ts";
import { keyOf } from "../../src/cache/keys.ts";
import type { AccessTokenEntry } from "../../src/cache/schema.ts";
import { SerializableTokenCache } from "../../src/cache/serializable-token-cache.ts";
import { appAnswer, host, start, startCache, userAnswer } from "./token-answers.ts";

const owners = [null, "", "a.t", "b.t"] as const;
const realms = ["r1", "r2"] as const;
const clients = ["c1", "c2"] as const;
const environments = [host, "login.windows.net", "login.example"] as const;
const scopes = ["S1", "s2", "s3", "s4", "s5"] as const;

const required = [
  "credential_type",
  "secret",
  "home_account_id",
  "environment",
  "client_id",
  "realm",
  "target",
  "token_type",
  "cached_at",
  "expires_on",
] as const;

const tokenEntry: fc.Arbitrary<AccessTokenEntry> = fc.record(
  {
    credential_type: fc.constant("AccessToken" as const),
    secret: fc.uuid(),
    home_account_id: fc.constantFrom(...owners),
    environment: fc.constantFrom(...environments),
    client_id: fc.constantFrom(...clients),
    realm: fc.constantFrom(...realms),
    target: fc.uniqueArray(fc.constantFrom(...scopes), { minLength: 1 }).map((some) => some.join(" ")),
    token_type: fc.constant("Bearer"),
    cached_at: fc.integer({ min: start - 50, max: start }).map(String),
    expires_on: fc.integer({ min: start + 200, max: start + 1000 }).map(String),
    key_id: fc.constantFrom("k1", "k2"),
    user_assertion_hash: fc.constantFrom("h1", "h2"),
  },
  { noNullPrototype: true, requiredKeys: [...required] },
);

type Step = { readonly entry: AccessTokenEntry; readonly remove: boolean };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ entry: tokenEntry, remove: fc.boolean() }, { noNullPrototype: true }),
  { minLength: 30, maxLength: 120 },
);

const query = fc.record(
  {
    clientId: fc.constantFrom(...clients),
    environments: fc.constant<readonly string[]>([host, "login.windows.net"]),
    realms: fc.constantFrom<(readonly string[])[]>(["r1"], ["r2", "r1"]),
    homeAccountId: fc.constantFrom(null, "a.t", "b.t"),
    scopes: fc.uniqueArray(fc.constantFrom<string[]>("s1", "S2", "s3"), { minLength: 1, maxLength: 2 }),
    keyId: fc.constantFrom("k1", "k2"),
    userAssertionHash: fc.constantFrom("h1", "h2"),
  },
  { noNullPrototype: true, requiredKeys: ["clientId", "environments", "realms", "homeAccountId", "scopes"] },
);

/** The same as the cache, by a walk over a list. */
class NaiveCache {
  entries: AccessTokenEntry[] = [];

  apply({ entry, remove }: Step): void {
    const key = keyOf("AccessToken", entry);
    this.entries = this.entries.filter((held) => keyOf("AccessToken", held) !== key);
    if (!remove) this.entries.push(entry);
  }

  fitting(asked: AccessTokenQuery): AccessTokenEntry[] {
    const hash = asked.userAssertionHash;
    return this.entries.filter(
      (entry) =>
        entry.client_id === asked.clientId &&
        asked.environments.includes(entry.environment) &&
        asked.realms.includes(entry.realm) &&
        (entry.home_account_id || null) === asked.homeAccountId &&
        asked.scopes.every((scope) => entry.target.toLowerCase().split(" ").includes(scope.toLowerCase())) &&
        entry.key_id === asked.keyId &&
        (hash === undefined
          ? asked.homeAccountId !== null || !entry.user_assertion_hash
          : entry.user_assertion_hash === hash) &&
        Number(entry.expires_on) - start >= 300,
    );
  }
}

describe("B4.13 the indexed cache answers like a walk over all entries", () => {
  it("after any sequence of additions, updates and removals", () => {
    const property = fc.property(steps, fc.array(query, { minLength: 20, maxLength: 20 }), (sequence, queries) => {
      const { cache } = startCache();
      const naive = new NaiveCache();
      for (const step of sequence) {
        cache.modify("AccessToken", step.entry, step.remove ? null : exactly(step.entry));
        naive.apply(step);
      }
      expect(cache.find("AccessToken")).toEqual(naive.entries);
      for (const asked of queries) {
        const fitting = naive.fitting(asked);
        const found = cache.findAccessToken(asked);
        const newest = Math.max(...fitting.map(({ cached_at }) => Number(cached_at)));
        if (found === undefined) expect(fitting).toEqual([]);
        else {
          expect(fitting).toContainEqual(found);
          expect(Number(found.cached_at)).toBe(newest);
        }
        const same = {
          home_account_id: asked.homeAccountId ?? null,
          client_id: asked.clientId,
          realm: asked.realms[0],
        };
        const walked = cache
          .find("AccessToken")
          .filter((entry) => Object.entries(same).every(([field, value]) => (entry[field] || null) === value));
        expect(new Set(cache.find("AccessToken", { query: same }))).toEqual(new Set(walked));
      }
    });
    fc.assert(property, { numRuns: 60 });
  });
});

/** Changes that leave nothing of the entry before. */
function exactly(entry: AccessTokenEntry): Record<string, unknown> {
  return { key_id: undefined, ...entry };
}

describe("B4.11 deserialize", () => {
  it("is the inverse of serialize", () => {
    const property = fc.property(fc.array(tokenEntry), fc.dictionary(fc.string(), fc.jsonValue()), (entries, extra) => {
      const { cache } = startCache();
      const keyed = Object.fromEntries(
        entries.map((entry, n) => [`${n % 2 ? "x" : ""}${keyOf("AccessToken", entry)}`, entry]),
      );
      const state = {
        ...extra,
        AccessToken: { ...extra, ...keyed },
        RefreshToken: {},
        IdToken: {},
        Account: {},
        AppMetadata: {},
      };
      cache.deserialize(JSON.stringify(state));
      expect(JSON.parse(cache.serialize())).toEqual(JSON.parse(JSON.stringify(state)));
      const other = new SerializableTokenCache();
      other.deserialize(cache.serialize());
      expect(other.serialize()).toBe(cache.serialize());
    });
    fc.assert(property, { numRuns: 100 });
  });

  it("reads or refuses whatever a broken file may hold, and every look-up survives it", () => {
    const { cache: original } = startCache();
    for (const uid of ["uma", "una"]) original.add(userAnswer(uid, { data: { key_id: "k" }, response: { foci: "1" } }));
    original.add(appAnswer("api", "token"));
    const state = original.serialize();
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom("__proto__", '{"toString":1}', "[]", "null", '""', "-0"));
    const mutation = fc.record({
      at: fc.nat(state.length),
      length: fc.nat(40),
      by: fc.oneof(
        fc.string(),
        value.map((v) => JSON.stringify(v)),
      ),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        survives(
          mutations.reduce((text, { at, length, by }) => text.slice(0, at) + by + text.slice(at + length), state),
        );
      }),
      { numRuns: 500 },
    );
  });

  it("reads entries whose fields are of any kind", () => {
    const { cache: original } = startCache();
    original.add(userAnswer("uma", { data: { key_id: "k" }, user_assertion_hash: "h", response: { foci: "1" } }));
    const state = original.serialize();
    const places = [...state.matchAll(/(?<=":)"[^"]*"/g)];
    const hostile = fc.oneof(fc.jsonValue(), fc.constant({ toString: 1 }), fc.constant([{ toString: 1 }]));
    fc.assert(
      fc.property(fc.nat(places.length - 1), hostile, (place, value) => {
        const { index = 0, 0: text = "" } = places[place] ?? {};
        survives(state.slice(0, index) + JSON.stringify(value) + state.slice(index + text.length));
      }),
      { numRuns: 300 },
    );
  });
});

/** Reads a state and uses every look-up, addition and removal on it. */
function survives(state: string): void {
  const { cache } = startCache();
  try {
    cache.deserialize(state);
  } catch (error) {
    expect(error).toMatchObject({ code: "invalid_cache" });
    expect(error).toBeInstanceOf(MsalError);
    return;
  }
  expect(JSON.parse(cache.serialize())).toEqual({
    AccessToken: {},
    RefreshToken: {},
    IdToken: {},
    Account: {},
    AppMetadata: {},
    ...withoutNulls(JSON.parse(state)),
  });
  const client = { clientId: "client", environments: [host] };
  cache.findAccessToken({ ...client, realms: ["tenant"], homeAccountId: "uma.home", scopes: ["openid"] });
  cache.findAccessToken({ ...client, realms: ["tenant"], homeAccountId: null, scopes: ["api"] });
  cache.findRefreshTokens({ ...client, homeAccountId: "uma.home" });
  cache.findIdToken({ ...client, homeAccountId: "uma.home" });
  cache.findAppMetadata(client);
  cache.add(userAnswer("uma"));
  expect(cache.findAccounts({ ...client, homeAccountId: "uma.home" })).toHaveLength(1);
  cache.removeAccount({ ...client, homeAccountId: "uma.home" });
  cache.removeAppTokens(client);
  expect(cache.findAccounts({ ...client, homeAccountId: "uma.home" })).toEqual([]);
}

/** A known section that is null counts as empty. */
function withoutNulls(state: Record<string, unknown>): Record<string, unknown> {
  const known = ["AccessToken", "RefreshToken", "IdToken", "Account", "AppMetadata"];
  return Object.fromEntries(Object.entries(state).filter(([name, value]) => value !== null || !known.includes(name)));
}
