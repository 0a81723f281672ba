import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matching } from "../matchers.ts";
import { claimsOf, graph, known, numberOf, openScene, redemption, text, type Scene } from "../scene.ts";

describe("authorization code", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(() => scene.emulator.close());

  async function redeem(changes: Record<string, string | undefined>, app = "web", code?: string) {
    const form = { ...redemption(scene.app("web"), code ?? (await scene.code("web", "alice"))), ...changes };
    const given = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return scene.token(app, Object.fromEntries(given));
  }

  it("gives tokens shaped like Entra ID's, signed with the published key", async () => {
    const answer = await redeem({});
    const { clientId } = scene.app("web");
    const alice = scene.user("alice");
    const keys = createRemoteJWKSet(new URL(`${scene.emulator.authority()}/discovery/v2.0/keys`));
    const currentDate = new Date(scene.now());
    const { payload } = await jwtVerify(text(answer, "id_token"), keys, { audience: clientId, currentDate });
    expect(payload).toMatchObject({
      iss: `${scene.emulator.authority()}/v2.0`,
      tid: alice.tenantId,
      oid: alice.oid,
      name: alice.name,
      preferred_username: alice.username,
      nonce: "the-nonce",
      auth_time: scene.now() / 1000,
      ver: "2.0",
    });
    expect(claimsOf(answer)).toMatchObject({
      aud: scene.app("graph").clientId,
      azp: clientId,
      oid: alice.oid,
      scp: "User.Read",
      acr: "1",
      amr: ["pwd"],
      uti: matching(/./),
    });
    expect(claimsOf(answer).sub).not.toBe(payload.sub);
  });

  it("names the scopes, the home account and a refresh token", async () => {
    const answer = await redeem({});
    expect(answer.body).toMatchObject({ token_type: "Bearer", scope: "openid profile User.Read", expires_in: 3600 });
    expect(answer.body).toMatchObject({ ext_expires_in: 3600, refresh_token: matching(/./) });
    const info: unknown = JSON.parse(Buffer.from(text(answer, "client_info"), "base64url").toString());
    expect(info).toEqual({ uid: scene.user("alice").oid, utid: scene.user("alice").tenantId });
    expect(answer.body).not.toHaveProperty("foci");
  });

  it("names the user in the id token only where the profile was asked for", async () => {
    const code = await scene.code("web", "alice", { scope: "openid email User.Read" });
    const claims = claimsOf(await redeem({}, "web", code), "id_token");
    expect(claims["oid"]).toBe(scene.user("alice").oid);
    expect(claims).not.toHaveProperty("name");
    expect(claims).not.toHaveProperty("preferred_username");
  });

  it("leaves out what was not asked for", async () => {
    const code = await scene.code("web", "alice", { scope: "User.Read" });
    const answer = await redeem({ client_info: undefined }, "web", code);
    expect(Object.keys(answer.body).toSorted()).toEqual([
      "access_token",
      "expires_in",
      "ext_expires_in",
      "scope",
      "token_type",
    ]);
  });

  it("spells the scopes as the client did, since it looks its tokens up by them", async () => {
    const code = await scene.code("web", "alice", { scope: `${graph}/user.read` });
    expect((await redeem({}, "web", code)).body["scope"]).toBe(`${graph}/User.Read`);
    const all = await scene.code("web", "alice", { scope: `${graph}/.default` });
    expect((await redeem({}, "web", all)).body["scope"]).toBe(`${graph}/User.Read ${graph}/.default`);
  });

  it("gives a Graph token for the user's profile when only OpenID scopes are asked for", async () => {
    const code = await scene.code("web", "alice", { scope: "openid" });
    expect(claimsOf(await redeem({}, "web", code))).toMatchObject({
      aud: scene.app("graph").clientId,
      scp: "User.Read",
    });
  });

  it("redeems a code of several APIs for one of them, by default the first", async () => {
    const scope = "openid User.Read api://orders/Orders.Read";
    const first = await redeem({}, "web", await scene.code("web", "alice", { scope }));
    expect(claimsOf(first).aud).toBe(scene.app("graph").clientId);
    const code = await scene.code("web", "alice", { scope });
    const second = await redeem({ scope: "api://orders/Orders.Read" }, "web", code);
    expect(claimsOf(second)).toMatchObject({ aud: scene.app("api").clientId, scp: "Orders.Read" });
  });

  it("issues from the user's own tenant under common", async () => {
    const url = scene.authorizeUrl("web", {}, "common");
    const { parameters } = await scene.emulator.signIn(url, "dana");
    const form = redemption(scene.app("web"), known(parameters["code"], "code"));
    const answer = await scene.token("web", form, "common");
    expect(claimsOf(answer, "id_token").iss).toBe(`${scene.emulator.authority(scene.user("dana").tenantId)}/v2.0`);
  });

  it("takes a plain challenge", async () => {
    const code = await scene.code("web", "alice", { code_challenge: "plain-text", code_challenge_method: "plain" });
    expect((await redeem({ code_verifier: "plain-text" }, "web", code)).status).toBe(200);
  });

  it.each([
    ["a wrong verifier", 501481, { code_verifier: "another-verifier" }],
    ["no verifier", 50148, { code_verifier: undefined }],
    ["another redirect URI", 500112, { redirect_uri: "http://localhost:2/callback" }],
    ["no redirect URI", 900144, { redirect_uri: undefined }],
    ["a code that was never given", 70000, { code: "made-up" }],
    ["two APIs at once", 28000, { scope: "User.Read api://orders/Orders.Read" }],
    ["a scope without consent", 65001, { scope: "Mail.Read" }],
  ])("refuses %s: AADSTS%i", async (_, number, changes) => {
    expect(numberOf(await redeem(changes))).toBe(number);
  });

  it("refuses a verifier where there was no challenge", async () => {
    const url = scene.authorizeUrl("web", { code_challenge: undefined, code_challenge_method: undefined });
    const { parameters } = await scene.emulator.signIn(url, "alice");
    expect(numberOf(await redeem({}, "web", parameters["code"]))).toBe(501481);
  });

  it("refuses a replayed code, also of two requests at once", async () => {
    const code = await scene.code("web", "alice");
    const answers = await Promise.all([redeem({}, "web", code), redeem({}, "web", code)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(numberOf(await redeem({}, "web", code))).toBe(54005);
  });

  it("refuses a code after ten minutes", async () => {
    const [early, late] = [await scene.code("web", "alice"), await scene.code("web", "alice")];
    scene.advance(600);
    expect((await redeem({}, "web", early)).status).toBe(200);
    scene.advance(1);
    expect(numberOf(await redeem({}, "web", late))).toBe(70008);
  });

  it("forgets a code a day after it was given, once another is given", async () => {
    const code = await scene.code("web", "alice");
    scene.advance(24 * 60 * 60);
    await scene.code("web", "alice");
    expect(numberOf(await redeem({}, "web", code))).toBe(70008);
    scene.advance(1);
    expect(numberOf(await redeem({}, "web", code))).toBe(70008);
    await scene.code("web", "alice");
    expect(numberOf(await redeem({}, "web", code))).toBe(70000);
  });

  it("refuses another client's code", async () => {
    expect(numberOf(await redeem({}, "daemon"))).toBe(70000);
  });
});
