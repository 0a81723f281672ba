import { describe, expect, it } from "vitest";
import { definiteRealm, isGuid, realmOf } from "../../src/protocol/realm.ts";

describe("the realm (B1.6)", () => {
  it.each([
    [
      "https://login.microsoftonline.com/6BABCAAD-604b-40ac-a9d7-9fd97c0b779f/oauth2/v2.0/token",
      "6babcaad-604b-40ac-a9d7-9fd97c0b779f",
    ],
    ["https://login.microsoftonline.com/Common/oauth2/v2.0/token", "common"],
    ["https://fs.contoso.com/adfs/oauth2/token", "adfs"],
    ["https://fs.contoso.com/ADFS/oauth2/token", "adfs"],
    ["https://contoso.b2clogin.com/Contoso.com/b2c_1_x/token", "Contoso.com"],
    ["https://contoso.b2clogin.com/contoso.com/oauth2/v2.0/token?p=b2c_1_x", "contoso.com"],
    ["https://login.microsoftonline.com/tfp/contoso.com/b2c_1_x/oauth2/v2.0/token", "tfp"],
    ["https://dsts.contoso.com/DSTSv2/contoso.com/oauth2/v2.0/token", "contoso.com"],
    ["https://idp.contoso.com//oauth/token", "oauth"],
    ["https://idp.contoso.com", ""],
  ])("of %s is %j", (endpoint, realm) => expect(realmOf(endpoint)).toBe(realm));

  it.each(["common", "organizations", "consumers", "6babcaad-604b-40ac-a9d7-9fd97c0b779f"])(
    "%s stands for itself",
    (tenant) => {
      expect(definiteRealm(tenant)).toBe(tenant);
      expect(definiteRealm(tenant.toUpperCase())).toBe(tenant);
    },
  );

  it.each(["contoso.com", "commons", "", "6babcaad-604b-40ac-a9d7-9fd97c0b779f0", "6babcaad604b40aca9d79fd97c0b779f"])(
    "%j does not",
    (tenant) => expect(definiteRealm(tenant)).toBeUndefined(),
  );

  it("is told apart from an id", () => {
    expect(
      ["6BABCAAD-604b-40ac-a9d7-9fd97c0b779f", "common", "x6babcaad-604b-40ac-a9d7-9fd97c0b779f"].map(isGuid),
    ).toEqual([true, false, false]);
  });
});
