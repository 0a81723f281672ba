import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimsOf, numberOf, openScene, type Scene } from "../scene.ts";

describe("client credentials", () => {
  let scene: Scene;
  const grant = { grant_type: "client_credentials", scope: "api://orders/.default" };
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(() => scene.emulator.close());

  it("gives an application a token of its own with its roles and no refresh token", async () => {
    const answer = await scene.token("daemon", grant);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).toSorted()).toEqual(["access_token", "expires_in", "ext_expires_in", "token_type"]);
    const claims = claimsOf(answer);
    expect(claims).toMatchObject({
      aud: scene.app("api").clientId,
      iss: `${scene.emulator.authority()}/v2.0`,
      tid: scene.emulator.tenants[0]?.id,
      azp: scene.app("daemon").clientId,
      azpacr: "1",
      idtyp: "app",
      roles: ["Orders.Read.All"],
      ver: "2.0",
      iat: scene.now() / 1000,
      nbf: scene.now() / 1000,
      exp: scene.now() / 1000 + 3600,
    });
    expect(claims.sub).toBe(claims["oid"]);
    expect(claims).not.toHaveProperty("scp");
  });

  it("gives no roles to an application that holds none", async () => {
    expect(claimsOf(await scene.token("web", grant))).not.toHaveProperty("roles");
  });

  it("puts the client's capabilities into the token as xms_cc", async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ["cp1"] } } });
    expect(claimsOf(await scene.token("daemon", { ...grant, claims }))["xms_cc"]).toEqual(["cp1"]);
  });

  it("tells when to renew a token that lives for two hours or more", async () => {
    scene.emulator.tokenLifetime = 7200;
    expect((await scene.token("daemon", grant)).body).toMatchObject({ expires_in: 7200, refresh_in: 3600 });
    scene.emulator.tokenLifetime = 7199;
    expect((await scene.token("daemon", grant)).body).not.toHaveProperty("refresh_in");
    scene.emulator.tokenLifetime = 3600;
  });

  it("lets one application have a lifetime of its own", async () => {
    scene.app("daemon").tokenLifetime = 86_400;
    expect((await scene.token("daemon", grant)).body).toMatchObject({ expires_in: 86_400, refresh_in: 43_200 });
    delete scene.app("daemon").tokenLifetime;
  });

  it("knows a tenant by GUID and by domain, in any case", async () => {
    const issuer = `${scene.emulator.authority()}/v2.0`;
    for (const tenant of [
      "contoso.onmicrosoft.com",
      "CONTOSO.onMicrosoft.com",
      scene.emulator.tenants[0]?.id.toUpperCase(),
    ]) {
      expect(claimsOf(await scene.token("daemon", grant, tenant)).iss).toBe(issuer);
    }
  });

  it.each([
    ["a tenant that depends on the user", 50059, {}, "common"],
    ["no scope", 90014, { scope: undefined }, undefined],
    ["a scope that is not .default", 1002012, { scope: "api://orders/Orders.Read" }, undefined],
    [".default beside another scope", 70011, { scope: "api://orders/.default api://orders/Orders.Read" }, undefined],
    ["two APIs at once", 28000, { scope: "User.Read api://orders/Orders.Read" }, undefined],
    ["an API that nobody knows", 500011, { scope: "api://nothing/.default" }, undefined],
    ["a scope that the API does not have", 650053, { scope: "api://orders/Orders.Burn" }, undefined],
    ["a resource parameter", 901002, { resource: "api://orders" }, undefined],
    ["claims that are no JSON", 90023, { claims: "{" }, undefined],
  ])("refuses %s: AADSTS%i", async (_, number, changes, tenant) => {
    const entries = Object.entries({ ...grant, ...changes });
    const form = Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
    expect(numberOf(await scene.token("daemon", form, tenant))).toBe(number);
  });

  it("refuses an application of another tenant, and one tenant's application under common", async () => {
    expect(numberOf(await scene.token("single", grant, "contoso.onmicrosoft.com"))).toBe(700016);
    expect(numberOf(await scene.token("single", grant, "common"))).toBe(50194);
    expect((await scene.token("single", grant, "fabrikam.onmicrosoft.com")).status).toBe(200);
  });

  it("refuses a public client: it has nothing to prove itself with", async () => {
    expect(numberOf(await scene.token("desktop", grant))).toBe(7000218);
  });
});
