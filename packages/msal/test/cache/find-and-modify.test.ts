import { describe, expect, it } from "vitest";
import { MsalArgumentError } from "../../src/error/argument-error.ts";
import type { AccessTokenEntry, AccountEntry, CacheEntryType } from "../../src/cache/schema.ts";
import { appAnswer, host, sectionsOf, startCache, userAnswer } from "./token-answers.ts";

const accessToken: AccessTokenEntry = {
  credential_type: "AccessToken",
  secret: "given",
  home_account_id: "uma.home",
  environment: host,
  client_id: "client",
  realm: "tenant",
  target: "openid",
  token_type: "Bearer",
  cached_at: "1",
  expires_on: "2",
};

describe("find", () => {
  function filled(): ReturnType<typeof startCache>["cache"] {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    cache.add(userAnswer("una", { data: { key_id: "key" } }));
    cache.add(appAnswer("api", "app"));
    return cache;
  }
  const secretsOf = (entries: readonly { readonly secret: string }[]): string[] => entries.map(({ secret }) => secret);

  it.each<[string, Parameters<ReturnType<typeof filled>["find"]>[1], string[]]>([
    ["everything when nothing is asked", undefined, ["at-uma", "at-una", "app"]],
    ["by a target, in any case", { target: ["OPENID"] }, ["at-uma", "at-una"]],
    ["by a target of which one scope is missing", { target: ["openid", "api"] }, []],
    ["by fields", { query: { home_account_id: "una.home", realm: "tenant" } }, ["at-una"]],
    ["by fields of which one differs", { query: { home_account_id: "una.home", realm: "other" } }, []],
    ["by target and fields", { target: ["api"], query: { client_id: "client" } }, ["app"]],
    ["by a field that is null", { query: { home_account_id: null } }, ["app"]],
    ["by a field that is absent", { query: { key_id: null } }, ["at-uma", "app"]],
    ["by a field that is not asked for", { query: { key_id: undefined } }, ["at-uma", "at-una", "app"]],
    ["by a field that nobody knows", { query: { colour: "red" } }, []],
  ])("B4.15 finds %s", (_, conditions, expected) => {
    expect(secretsOf(filled().find("AccessToken", conditions))).toEqual(expected);
  });

  it("B4.15 finds an entry of many scopes once, however many of them are indexed", () => {
    const { cache } = startCache();
    for (let n = 0; n < 20; n += 1) cache.add(userAnswer("uma", { scope: [`s${n}`, "openid", "profile"] }));
    const query = { home_account_id: "uma.home", client_id: "client", realm: "tenant" };
    expect(cache.find("AccessToken", { query })).toHaveLength(20);
    expect(cache.find("AccessToken", { query, target: ["s7", "profile"] })).toMatchObject([
      { target: "openid profile s7" },
    ]);
  });

  it("B4.15 finds tokens by the presented token they were got for", () => {
    const { cache } = startCache();
    for (const hash of ["h1", "h2"]) cache.add(userAnswer("uma", { user_assertion_hash: hash }));
    expect(cache.find("AccessToken", { query: { user_assertion_hash: "h2" } })).toHaveLength(1);
    expect(cache.find("AccessToken", { query: { user_assertion_hash: null } })).toEqual([]);
  });

  it("hands out frozen entries", () => {
    expect(filled().find("AccessToken").every(Object.isFrozen)).toBe(true);
  });

  it("refuses a type that there is not, such as one that every object has", () => {
    const { cache } = startCache();
    for (const type of ["Password", "__proto__", "toString"]) {
      expect(() => cache.find(type as CacheEntryType)).toThrow(MsalArgumentError);
    }
  });
});

describe("modify", () => {
  it("B4.15 takes in an entry that is new, as a copy", () => {
    const { cache } = startCache();
    const given: Record<string, unknown> & AccessTokenEntry = { ...accessToken, extra: ["deep"] };
    cache.modify("AccessToken", given, {});
    const [entry] = cache.find("AccessToken");
    expect(entry).toEqual(given);
    expect(entry).not.toBe(given);
    expect(entry?.["extra"]).not.toBe(given["extra"]);
    expect(Object.isFrozen(given)).toBe(false);
  });

  it("B4.15 updates the entry that has the same identity, and keeps its other fields", () => {
    const { cache } = startCache();
    cache.modify("AccessToken", accessToken, { colour: "red", token_type: "pop" });
    cache.modify("AccessToken", { ...accessToken, secret: "ignored" }, { token_type: "Bearer" });
    expect(cache.find("AccessToken")).toEqual([{ ...accessToken, colour: "red" }]);
  });

  it("B4.15 takes away the fields that change to undefined", () => {
    const { cache } = startCache();
    cache.modify("AccessToken", accessToken, { colour: "red" });
    cache.modify("AccessToken", accessToken, { colour: undefined });
    expect(cache.find("AccessToken")[0]).not.toHaveProperty("colour");
  });

  it("B4.15 removes with null, and removes nothing where there is nothing", () => {
    const { cache } = startCache();
    cache.modify("AccessToken", accessToken, {});
    cache.modify("AccessToken", { ...accessToken, realm: "other" }, null);
    expect(cache.find("AccessToken")).toHaveLength(1);
    cache.modify("AccessToken", { ...accessToken }, null);
    expect(cache.find("AccessToken")).toEqual([]);
  });

  it("moves an entry whose identity changes, over the one that stood there", () => {
    const { cache } = startCache();
    cache.modify("AccessToken", accessToken, {});
    cache.modify("AccessToken", { ...accessToken, realm: "other" }, { secret: "overwritten" });
    cache.modify("AccessToken", accessToken, { realm: "other" });
    expect(cache.find("AccessToken")).toEqual([{ ...accessToken, realm: "other" }]);
    expect(Object.keys(sectionsOf(cache.serialize())["AccessToken"] ?? {})).toEqual([
      `uma.home-${host}-accesstoken-client-other-openid`,
    ]);
  });

  it("B4.5 updates and removes another library's entry under that library's key", () => {
    const { cache } = startCache();
    cache.deserialize(JSON.stringify({ AccessToken: { "A-KEY": accessToken } }));
    cache.modify("AccessToken", accessToken, { secret: "by a copy" });
    const [entry] = cache.find("AccessToken");
    if (entry) cache.modify("AccessToken", entry, { colour: "red" });
    expect(sectionsOf(cache.serialize())["AccessToken"]).toEqual({
      "A-KEY": { ...accessToken, secret: "by a copy", colour: "red" },
    });
    cache.modify("AccessToken", accessToken, null);
    expect(cache.find("AccessToken")).toEqual([]);
  });

  it("removes another library's entry once", () => {
    const { cache } = startCache();
    cache.deserialize(JSON.stringify({ AccessToken: { "A-KEY": accessToken } }));
    const [entry = accessToken] = cache.find("AccessToken");
    cache.modify("AccessToken", entry, null);
    expect(cache.hasStateChanged).toBe(true);
    cache.serialize();
    cache.modify("AccessToken", entry, null);
    expect(cache.hasStateChanged).toBe(false);
  });

  it("refuses an entry that no look-up could read, and shows nothing of it", () => {
    const { cache } = startCache();
    const account = { environment: host, username: "marked" } as unknown as AccountEntry;
    expect(() => cache.modify("Account", account, {})).toThrow(/^"entry" must have environment, realm as strings/);
    expect(() => cache.modify("AccessToken", accessToken, { target: 5 })).toThrow(MsalArgumentError);
    expect(() => cache.modify("Account", account, {})).not.toThrow(/marked/);
    expect(cache.hasStateChanged).toBe(false);
  });

  it.each(['{"polluted":"yes"}', "null", '"text"'])("takes no field for the prototype, not if it is %s", (value) => {
    const { cache } = startCache();
    const hostile = JSON.parse(`{"__proto__":${value}}`) as object;
    cache.modify("AccessToken", accessToken, { ...hostile });
    cache.modify("AccessToken", accessToken, { colour: "red" });
    const [entry] = cache.find("AccessToken");
    expect(Object.getPrototypeOf(entry)).toBe(Object.prototype);
    expect(cache.serialize()).toContain(`"__proto__":${value}`);
  });
});
