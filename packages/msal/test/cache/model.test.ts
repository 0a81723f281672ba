import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccessTokenQuery } from "../../src/cache/access-token-query.ts";
import { keyOf } from "../../src/cache/keys.ts";
import type { AccessTokenEntry } from "../../src/cache/schema.ts";
import { SerializableTokenCache } from "../../src/cache/serializable-token-cache.ts";
import { host, start, startCache } from "./token-answers.ts";

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

interface Step {
  readonly entry: AccessTokenEntry;
  readonly remove: boolean;
}

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
        const newest = Math.max(...fitting.map(({ cached_at }) => Number(cached_at)));
        const answers = fitting.filter(({ cached_at }) => Number(cached_at) === newest);
        expect(answers.length === 0 ? [undefined] : answers).toContainEqual(cache.findAccessToken(asked));
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
});
