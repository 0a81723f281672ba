import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { MsalError } from "../../src/error/msal-error.ts";
import { SerializableTokenCache } from "../../src/cache/serializable-token-cache.ts";
import { appAnswer, sectionsOf, startCache, userAnswer } from "./token-answers.ts";

function failureOf(action: () => void): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error("expected a failure");
}

describe("serialize and deserialize", () => {
  it("B4.11 give back what went in", () => {
    const { cache } = startCache();
    for (const uid of ["uma", "una"]) cache.add(userAnswer(uid));
    const state = cache.serialize();
    const other = new SerializableTokenCache();
    other.deserialize(state);
    expect(other.serialize()).toBe(state);
    expect(other.find("Account")).toEqual(cache.find("Account"));
  });

  it.each([[undefined], [""], ["{}"]])("B4.11 empty the cache with %j", (state) => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    cache.deserialize(state);
    expect(cache.find("Account")).toEqual([]);
    expect(cache.hasStateChanged).toBe(false);
  });

  it("B4.11 say whether anything changed since the last of either", () => {
    const { cache } = startCache();
    expect(cache.hasStateChanged).toBe(false);
    cache.add(userAnswer("uma"));
    expect(cache.hasStateChanged).toBe(true);
    const state = cache.serialize();
    expect(cache.hasStateChanged).toBe(false);
    const [account] = cache.find("Account");
    if (account) cache.modify("Account", account, { name: "Uma" });
    expect(cache.hasStateChanged).toBe(true);
    cache.deserialize(state);
    expect(cache.hasStateChanged).toBe(false);
    if (account) cache.modify("Account", account, null);
    expect(cache.hasStateChanged).toBe(true);
    cache.serialize();
    if (account) cache.modify("Account", account, null);
    expect(cache.hasStateChanged).toBe(false);
  });

  it("B4.3 keep fields, entries and sections that nobody here knows", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    const { Account, AccessToken, RefreshToken, IdToken, AppMetadata } = sectionsOf(cache.serialize());
    const profile = { environment: "e", realm: "r", tenantProfiles: ['{"a":1}'], lastSeen: 5, gone: null };
    const state = {
      AccessToken: { ...AccessToken, odd: ["not an entry"] },
      RefreshToken: { ...RefreshToken, odder: { secret: { hidden: true }, environment: "e", client_id: "c" } },
      IdToken: { ...IdToken, oddest: "text" },
      Account: { ...Account, extra: profile },
      AppMetadata: { ...AppMetadata, none: null },
      Future: { section: [1, 2, { three: 3 }] },
    };
    cache.deserialize(JSON.stringify(state));
    cache.add(userAnswer("una"));
    cache.removeAccount({ clientId: "client", environments: ["login.microsoftonline.com"], homeAccountId: "una.home" });
    expect(JSON.parse(cache.serialize())).toEqual(state);
    expect(cache.find("AccessToken")).toHaveLength(1);
    expect(cache.find("RefreshToken")).toHaveLength(1);
    expect(cache.find("AppMetadata")).toHaveLength(1);
  });

  it("write over an entry that is none when a token comes for its key", () => {
    const { cache } = startCache();
    cache.add(appAnswer("api", "token"));
    const state = cache.serialize();
    cache.deserialize(state.replace(/(?<="AccessToken":\{"[^"]+":)\{[^}]+\}/, "7"));
    expect(cache.find("AccessToken")).toEqual([]);
    cache.add(appAnswer("api", "token"));
    expect(JSON.parse(cache.serialize())).toEqual(JSON.parse(state));
  });

  it("take a section that is null for an empty one", () => {
    const { cache } = startCache();
    cache.deserialize('{"AccessToken":null}');
    expect(cache.find("AccessToken")).toEqual([]);
  });

  it.each([
    ["cut off", '{"AccessToken":{"marked'],
    ["no JSON", "marked"],
    ["a list", '["marked"]'],
    ["null", "null"],
    ["a text", '"marked"'],
    ["with a section that is a list", '{"RefreshToken":["marked"]}'],
    ["with a section that is a text", '{"Account":"marked"}'],
    ["nested without end", `{"Future":${"[".repeat(200_000)}"marked"${"]".repeat(200_000)}}`],
    ["nested without end in an entry", `{"IdToken":{"k":{"x":${"[".repeat(200_000)}"marked"${"]".repeat(200_000)}}}}`],
  ])("B4.11 refuse a state that is %s, show nothing of it, and leave the cache as it was", (_, state) => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    const before = cache.serialize();
    cache.add(userAnswer("una"));
    const error = failureOf(() => cache.deserialize(state));
    expect(error).toBeInstanceOf(MsalError);
    expect(error).toMatchObject({ code: "invalid_cache" });
    expect(error).not.toHaveProperty("cause");
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("marked");
    expect(cache.find("Account")).toHaveLength(2);
    expect(cache.hasStateChanged).toBe(true);
    cache.deserialize(before);
    expect(cache.find("Account")).toHaveLength(1);
  });

  it("B4.11 read keys that every object has as what they are", () => {
    const { cache } = startCache();
    const entry = '{"environment":"e","client_id":"c","__proto__":{"polluted":"yes"}}';
    const state = `{"__proto__":{"polluted":"yes"},"constructor":{"a":1},"AppMetadata":{"__proto__":${entry},"toString":${entry}}}`;
    cache.deserialize(state);
    expect(cache.find("AppMetadata")).toHaveLength(2);
    expect({}).not.toHaveProperty("polluted");
    expect(cache.find("AppMetadata")[0]).not.toHaveProperty("polluted");
    const again = cache.serialize();
    for (const part of ['"__proto__":{"polluted":"yes"}', '"constructor":{"a":1}', `"__proto__":${entry}`]) {
      expect(again).toContain(part);
    }
  });
});

describe("a cache that is shown", () => {
  it("B4.12 shows no token to util.inspect, JSON.stringify or a listing of its fields", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    const shown = [
      inspect(cache, { depth: null, showHidden: true, getters: true }),
      JSON.stringify({ cache }),
      JSON.stringify(Object.getOwnPropertyNames(cache)),
    ].join();
    for (const secret of ["at-uma", "rt-uma", "signature", "uma@contoso.com"]) expect(shown).not.toContain(secret);
  });
});
