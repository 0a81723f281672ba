import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { containing, matching } from "../matchers.ts";
import { claimsOf, numberOf, openScene, type Answer, type Scene } from "../scene.ts";

describe("password", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.emulator.close());

  function signIn(name: string, changes: Record<string, string> = {}, tenant?: string): Promise<Answer> {
    const { username, password } = scene.user(name);
    const scope = "openid offline_access User.Read";
    return scene.token("desktop", { grant_type: "password", username, password, scope, ...changes }, tenant);
  }

  it("signs a user in, whatever the case of the name", async () => {
    const answer = await signIn("alice", { username: "ALICE@contoso.onmicrosoft.com" });
    expect(answer.body).toMatchObject({ scope: "openid User.Read", refresh_token: matching(/./) });
    expect(claimsOf(answer, "id_token")["oid"]).toBe(scene.user("alice").oid);
    expect((await signIn("alice", {}, "organizations")).status).toBe(200);
  });

  it.each([
    ["an unknown user", 50034, "alice", { username: "nobody@contoso.onmicrosoft.com" }],
    ["a user of another tenant", 50034, "dana", {}],
    ["a locked account", 50053, "lee", {}],
    ["a disabled account", 50057, "dot", {}],
    ["an expired password", 50055, "pat", {}],
    ["a wrong password", 50126, "alice", { password: "wrong" }],
    ["a wrong password where the right one has expired", 50126, "pat", { password: "wrong" }],
    ["a user who needs a second factor", 50076, "mia", { scope: "openid" }],
    ["a user who has yet to enroll for one", 50079, "nia", { scope: "openid" }],
    ["a user who has not consented", 65001, "bob", {}],
  ])("refuses %s: AADSTS%i", async (_, number, name, changes) => {
    if (number === 50076 || number === 50079) {
      await scene.tokens("desktop", name, "openid User.Read");
    }
    const answer = await signIn(name, changes);
    expect(numberOf(answer)).toBe(number);
    expect(answer.body["error"]).toBe("invalid_grant");
  });

  it("hands out a claims challenge with the demand for a second factor", async () => {
    await scene.tokens("desktop", "mia", "openid User.Read");
    const { body } = await signIn("mia");
    expect(body).toMatchObject({ suberror: "basic_action", claims: containing("polids") });
  });

  it("locks an account for a minute after ten wrong passwords", async () => {
    for (let attempt = 0; attempt < 10; attempt++) {
      expect(numberOf(await signIn("alice", { password: "wrong" }))).toBe(50126);
    }
    expect(numberOf(await signIn("alice"))).toBe(50053);
    scene.advance(61);
    expect((await signIn("alice")).status).toBe(200);
    expect(numberOf(await signIn("alice", { password: "wrong" }))).toBe(50126);
  });

  it("is closed under common and for personal accounts: AADSTS9001023", async () => {
    expect(numberOf(await signIn("alice", {}, "common"))).toBe(9001023);
    expect(numberOf(await signIn("erin", {}, "consumers"))).toBe(9001023);
  });
});
