import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MsalError } from "../../src/error/msal-error.ts";
import type { SerializableTokenCache } from "../../src/cache/serializable-token-cache.ts";
import { appAnswer, host, sectionsOf, startCache, userAnswer } from "./token-answers.ts";

describe("B4.11 deserialize", () => {
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
        expectSurvival(
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
        expectSurvival(state.slice(0, index) + JSON.stringify(value) + state.slice(index + text.length));
      }),
      { numRuns: 300 },
    );
  });
});

/** Reads a state and uses every look-up, addition and removal on it. */
function expectSurvival(state: string): void {
  const { cache } = startCache();
  if (!isRead(cache, state)) return;
  expect(JSON.parse(cache.serialize())).toEqual({
    AccessToken: {},
    RefreshToken: {},
    IdToken: {},
    Account: {},
    AppMetadata: {},
    ...withoutNulls(sectionsOf(state)),
  });
  const client = { clientId: "client", environments: [host] };
  cache.findAccessToken({ ...client, realms: ["tenant"], homeAccountId: "uma.home", scopes: ["openid"] });
  cache.findAccessToken({ ...client, realms: ["tenant"], homeAccountId: null, scopes: ["api"] });
  cache.findRefreshTokens({ ...client, homeAccountId: "uma.home" });
  cache.findIdToken({ ...client, homeAccountId: "uma.home" });
  cache.findAppMetadata(client);
  cache.add(userAnswer("uma"));
  // And perhaps the one of the state, in another tenant.
  expect(cache.findAccounts({ ...client, homeAccountId: "uma.home" })).not.toEqual([]);
  cache.removeAccount({ ...client, homeAccountId: "uma.home" });
  cache.removeAppTokens(client);
  expect(cache.findAccounts({ ...client, homeAccountId: "uma.home" })).toEqual([]);
}

/** False for a state that is refused in the right way. */
function isRead(cache: SerializableTokenCache, state: string): boolean {
  try {
    cache.deserialize(state);
    return true;
  } catch (error) {
    if (error instanceof MsalError && error.code === "invalid_cache") return false;
    throw error;
  }
}

/** A known section that is null counts as empty. */
function withoutNulls(state: Record<string, unknown>): Record<string, unknown> {
  const known = ["AccessToken", "RefreshToken", "IdToken", "Account", "AppMetadata"];
  return Object.fromEntries(Object.entries(state).filter(([name, value]) => value !== null || !known.includes(name)));
}
