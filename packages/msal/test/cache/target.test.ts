import { describe, expect, it } from "vitest";
import { holdsScopes, scopesOf } from "../../src/cache/target.ts";

describe("a target", () => {
  it.each([
    ["User.Read openid", ["openid", "user.read"]],
    ["User.Read", ["user.read"]],
    ["mail.readwrite mail.read", ["mail.read"]],
    ["User.Read", ["User.Read"]],
    ["User.Read openid", ["OpenID", "USER.READ"]],
    ["anything", []],
  ])("B4.6 %j holds %j in any order and case", (target, scopes) => {
    expect(holdsScopes(target, scopes)).toBe(true);
  });

  it.each([
    ["User.ReadWrite", ["user.read"]],
    ["Directory.User.Read", ["user.read"]],
    ["user.read", ["user.read", "mail.read"]],
    ["", ["user.read"]],
  ])("B4.6 %j does not hold %j", (target, scopes) => {
    expect(holdsScopes(target, scopes)).toBe(false);
  });

  it("falls into scopes in lower case, without the blanks that a library left", () => {
    expect(scopesOf(" User.Read  openid ")).toEqual(["user.read", "openid"]);
  });
});
