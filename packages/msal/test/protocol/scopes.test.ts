import { describe, expect, it } from "vitest";
import {
  checkExcludeScopes,
  checkScopes,
  decorateScopes,
  formatScopes,
  splitScopes,
} from "../../src/protocol/scopes.ts";
import { argumentErrorOf } from "../support/thrown.ts";

describe("checkScopes (B2.6)", () => {
  it("gives a copy", () => {
    const scopes = ["User.Read", "api://x/y z".replace(" ", "_")];
    const checked = checkScopes(scopes);
    expect(checked).toEqual(scopes);
    expect(checked).not.toBe(scopes);
  });

  it("refuses a bare string and shows how to write it", () => {
    const error = argumentErrorOf(() => checkScopes("User.Read"));
    expect(error.code).toBe("invalid_scopes");
    expect(error.option).toBe("scopes");
    expect(error.message).toBe('"scopes" must be an array of strings, not a value of type string; give ["User.Read"].');
  });

  it("shows a bare string of several scopes as several", () => {
    expect(argumentErrorOf(() => checkScopes("User.Read Mail.Read")).message).toContain('["User.Read", "Mail.Read"]');
  });

  it.each([
    [undefined, "type undefined"],
    [null, "not null"],
    [{ 0: "a" }, "type object"],
    [new Set(["a"]), "type object"],
    [" ", "type string"],
  ])("refuses %j, which is no array, with an example", (scopes, told) => {
    const { message } = argumentErrorOf(() => checkScopes(scopes));
    expect(message).toContain(told);
    expect(message).toContain('give ["User.Read"]');
  });

  it("refuses an empty list unless that is allowed", () => {
    expect(argumentErrorOf(() => checkScopes([])).message).toMatch(/^"scopes" must name at least one scope/);
    expect(checkScopes([], { allowEmpty: true })).toEqual([]);
  });

  it.each([
    [[1], '"scopes[0]" must be a string, not a value of type number'],
    [["a", null], '"scopes[1]" must be a string, not null'],
    [[""], '"scopes[0]" must not be empty'],
    [[" "], '"scopes[0]" must be one scope without spaces, not " "'],
    [["a", "b c"], '"scopes[1]" must be one scope without spaces, not "b c"'],
    [["a\nb"], '"scopes[0]" must be one scope without spaces, not "a\\nb"'],
  ])("names the entry at fault in %j", (scopes, start) => {
    const error = argumentErrorOf(() => checkScopes(scopes));
    expect(error.code).toBe("invalid_scopes");
    expect(error.message.startsWith(start)).toBe(true);
  });

  it("names the option that it was asked to check", () => {
    const rules = { option: "extraScopesToConsent" };
    expect(argumentErrorOf(() => checkScopes([], rules)).option).toBe("extraScopesToConsent");
    expect(argumentErrorOf(() => checkScopes([1], rules)).option).toBe("extraScopesToConsent[0]");
  });
});

describe("decorateScopes (B2.6)", () => {
  it("adds the scopes of OpenID Connect and leaves the caller's list alone", () => {
    const scopes = Object.freeze(["User.Read"]);
    expect(decorateScopes(scopes, new Set())).toEqual(["User.Read", "openid", "profile", "offline_access"]);
  });

  it("takes excluded ones out again, but never openid", () => {
    expect(decorateScopes(["a"], new Set(["offline_access", "openid"]))).toEqual(["a", "openid", "profile"]);
  });

  it("refuses reserved scopes and names them, in whatever case", () => {
    const error = argumentErrorOf(() => decorateScopes(["a", "openid", "Offline_Access"], new Set()));
    expect(error.code).toBe("invalid_scopes");
    expect(error.message).toBe(
      '"scopes" must not name openid, Offline_Access: the library adds them itself; leave them out.',
    );
  });
});

describe("formatScopes", () => {
  it("joins with spaces, sorted, each once (B2.1)", () => {
    expect(formatScopes(["b", "a", "b"])).toBe("a b");
    expect(formatScopes([])).toBe("");
  });

  it("leaves the caller's list in its order", () => {
    const scopes = ["b", "a"];
    formatScopes(scopes);
    expect(scopes).toEqual(["b", "a"]);
  });
});

describe("splitScopes", () => {
  it("splits at any space and gives nothing for an empty text", () => {
    expect(splitScopes(" a  b\tc ")).toEqual(["a", "b", "c"]);
    expect(splitScopes("")).toEqual([]);
  });
});

describe("checkExcludeScopes (B2.6)", () => {
  it("gives a set; absent means none", () => {
    expect(checkExcludeScopes(["offline_access"])).toEqual(new Set(["offline_access"]));
    expect(checkExcludeScopes(undefined)).toEqual(new Set());
    expect(checkExcludeScopes([])).toEqual(new Set());
  });

  it("refuses openid", () => {
    const error = argumentErrorOf(() => checkExcludeScopes(["profile", "openid"]));
    expect(error.code).toBe("invalid_scopes");
    expect(error.message).toMatch(/^"excludeScopes" must not hold "openid"/);
  });

  it("refuses a bare string", () => {
    expect(argumentErrorOf(() => checkExcludeScopes("profile")).option).toBe("excludeScopes");
  });
});
