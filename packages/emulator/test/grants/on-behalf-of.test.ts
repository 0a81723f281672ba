import { generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matching } from "../matchers.ts";
import { claimsOf, numberOf, openScene, text, type Answer, type Scene } from "../scene.ts";

describe("on behalf of", () => {
  let scene: Scene;
  let assertion: string;
  beforeAll(async () => {
    scene = await openScene();
    assertion = text(await scene.tokens("desktop", "alice", "api://orders/Orders.Read"), "access_token");
  });
  afterAll(() => scene.emulator.close());

  function trade(changes: Record<string, string> = {}, app = "api", tenant?: string): Promise<Answer> {
    const form = {
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      requested_token_use: "on_behalf_of",
      assertion,
      scope: "User.Read",
      ...changes,
    };
    return scene.token(app, form, tenant);
  }

  it("trades the user's token for one to the next API", async () => {
    const claims = claimsOf(await trade());
    expect(claims).toMatchObject({
      aud: scene.app("graph").clientId,
      azp: scene.app("api").clientId,
      oid: scene.user("alice").oid,
      tid: scene.user("alice").tenantId,
      scp: "User.Read",
    });
  });

  it("adds a refresh token and an id token where asked", async () => {
    const { body } = await trade({ scope: "openid offline_access User.Read", client_info: "1" });
    expect(body).toMatchObject({
      refresh_token: matching(/./),
      id_token: matching(/./),
      client_info: matching(/./),
    });
  });

  it("demands consent of the user: AADSTS65001", async () => {
    expect(numberOf(await trade({ scope: "Mail.Read" }))).toBe(65001);
  });

  it.each([
    ["a token for another audience", 50013, {}, "daemon"],
    ["another use", 90023, { requested_token_use: "none" }, "api"],
    ["a token that is no JWT", 50013, { assertion: "made-up" }, "api"],
    ["no token", 900144, { assertion: "" }, "api"],
    ["a public client", 7000218, {}, "desktop"],
  ])("refuses %s: AADSTS%i", async (_, number, changes, app) => {
    expect(numberOf(await trade(changes, app))).toBe(number);
  });

  it("refuses another tenant's endpoint: AADSTS50013", async () => {
    expect(numberOf(await trade({}, "api", "fabrikam.onmicrosoft.com"))).toBe(50013);
  });

  it("refuses a token signed with a wrong key: AADSTS50013", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    const forged = await new SignJWT(
      claimsOf({ status: 200, headers: new Headers(), body: { access_token: assertion } }),
    )
      .setProtectedHeader({ alg: "RS256" })
      .sign(privateKey);
    expect(numberOf(await trade({ assertion: forged }))).toBe(50013);
  });

  it("refuses an application's own token: AADSTS7000114", async () => {
    const own = await scene.token("daemon", { grant_type: "client_credentials", scope: "api://orders/.default" });
    expect(numberOf(await trade({ assertion: text(own, "access_token") }))).toBe(7000114);
  });

  it("refuses a token that has ended: AADSTS500133", async () => {
    scene.advance(3601);
    expect(numberOf(await trade())).toBe(500133);
  });
});
