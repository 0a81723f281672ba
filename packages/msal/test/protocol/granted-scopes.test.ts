import { describe, expect, it } from "vitest";
import { grantedScopes } from "../../src/protocol/granted-scopes.ts";

const api = "https://api.contoso.com";

describe("grantedScopes (B4.6)", () => {
  it("are those asked for where the answer names none", () => {
    expect(grantedScopes({ resource: api }, ["a", "b"])).toEqual(["a", "b"]);
  });

  it("are those of the answer, which may be others", () => {
    expect(grantedScopes({ scope: "User.Read  openid" }, ["Mail.Read", `${api}/openid`])).toEqual([
      "User.Read",
      "openid",
    ]);
  });

  it.each([
    [`${api}/read`, api],
    [`${api}/Read`, `${api}/`],
    [`${api}//read`, `${api.toUpperCase()}/`],
  ])("are written as asked, %s, where ADFS names the API apart: %s", (asked, resource) => {
    expect(grantedScopes({ scope: "openid read", resource }, ["openid", asked])).toEqual(["openid", asked]);
  });

  it.each([
    [`${api}/write`, api],
    [`${api}/v2/read`, api],
    [`https://other.contoso.com/read`, api],
    [`${api}/read`, 42],
  ])("are not taken for another, %s, than %j grants", (asked, resource) => {
    expect(grantedScopes({ scope: "read", resource }, [asked])).toEqual(["read"]);
  });
});
