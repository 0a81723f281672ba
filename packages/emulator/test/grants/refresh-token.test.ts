import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimsOf, numberOf, openScene, text, type Answer, type Scene } from "../scene.ts";

const userRead = "openid profile offline_access User.Read";
const day = 24 * 60 * 60;

describe("refresh token", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.emulator.close());

  function refresh(app: string, from: Answer, changes: Record<string, string> = {}, tenant?: string): Promise<Answer> {
    const form = {
      grant_type: "refresh_token",
      refresh_token: text(from, "refresh_token"),
      scope: userRead,
      ...changes,
    };
    return scene.token(app, form, tenant);
  }

  it("gives new tokens and a new refresh token each time, and the old one stays good", async () => {
    const first = await scene.tokens("desktop", "alice", userRead);
    const second = await refresh("desktop", first);
    const third = await refresh("desktop", first);
    expect(second.body).toMatchObject({ token_type: "Bearer", scope: "openid profile User.Read" });
    expect(new Set([first, second, third].map((answer) => text(answer, "refresh_token"))).size).toBe(3);
    expect(claimsOf(second, "id_token")["oid"]).toBe(scene.user("alice").oid);
  });

  it("reaches any API that the user consented to", async () => {
    const answer = await refresh("desktop", await scene.tokens("desktop", "alice", userRead), {
      scope: "api://orders/Orders.Read",
    });
    expect(claimsOf(answer)).toMatchObject({ aud: scene.app("api").clientId, scp: "Orders.Read" });
  });

  it("asks for consent to anything else: AADSTS65001", async () => {
    const answer = await refresh("desktop", await scene.tokens("desktop", "alice", userRead), { scope: "Mail.Read" });
    expect(answer.body).toMatchObject({ error: "invalid_grant", suberror: "consent_required", error_codes: [65001] });
  });

  it("marks the tokens of a family, and serves any member of it", async () => {
    const one = await scene.tokens("familyOne", "bob", userRead);
    expect(one.body["foci"]).toBe("1");
    const two = await refresh("familyTwo", one);
    expect(two.body["foci"]).toBe("1");
    expect(claimsOf(two)["azp"]).toBe(scene.app("familyTwo").clientId);
  });

  it("tells a stranger to the family that it does not match", async () => {
    const answer = await refresh("desktop", await scene.tokens("familyOne", "bob", userRead));
    expect(answer.body).toMatchObject({ error: "invalid_grant", suberror: "client_mismatch", error_codes: [70000] });
  });

  it("refuses another client's token, and one that it never gave", async () => {
    const own = await scene.tokens("desktop", "alice", userRead);
    const answer = await refresh("familyOne", own);
    expect(answer.body).not.toHaveProperty("suberror");
    expect(numberOf(answer)).toBe(70000);
    expect(numberOf(await refresh("desktop", own, { refresh_token: "made-up" }))).toBe(70000);
  });

  it("refuses a token that was not used for 90 days: AADSTS700082", async () => {
    const first = await scene.tokens("desktop", "alice", userRead);
    scene.advance(90 * day);
    expect((await refresh("desktop", first)).status).toBe(200);
    scene.advance(1);
    expect(numberOf(await refresh("desktop", first))).toBe(700082);
  });

  it("refuses a token of a revoked session and asks for a fresh sign-in: AADSTS50173", async () => {
    const first = await scene.tokens("desktop", "alice", userRead);
    const others = await scene.tokens("familyOne", "bob", userRead);
    scene.emulator.revokeSessions("alice");
    expect(numberOf(await refresh("desktop", first))).toBe(50173);
    expect((await refresh("familyOne", others)).status).toBe(200);
    expect((await refresh("desktop", await scene.tokens("desktop", "alice", userRead))).status).toBe(200);
  });

  it("refuses a tenant that does not have the user: AADSTS50020", async () => {
    const first = await scene.tokens("desktop", "alice", userRead);
    expect(numberOf(await refresh("desktop", first, {}, "fabrikam.onmicrosoft.com"))).toBe(50020);
    expect((await refresh("desktop", first, {}, "organizations")).status).toBe(200);
  });

  it("keeps the time of the sign-in", async () => {
    const first = await scene.tokens("desktop", "alice", userRead);
    const signedInAt = scene.now() / 1000;
    scene.advance(1000);
    expect(claimsOf(await refresh("desktop", first), "id_token")).toMatchObject({
      auth_time: signedInAt,
      iat: signedInAt + 1000,
    });
  });

  it("puts capabilities only into the token of the request that names them", async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ["cp1"] } } });
    const first = await refresh("desktop", await scene.tokens("desktop", "alice", userRead), { claims });
    expect(claimsOf(first)["xms_cc"]).toEqual(["cp1"]);
    expect(claimsOf(await refresh("desktop", first))).not.toHaveProperty("xms_cc");
  });

  describe("with rotation", () => {
    const reuse = "AADSTS70000: Provided grant is invalid or malformed. The refresh token was used before";

    beforeEach(() => {
      scene.app("desktop").refreshTokenRotation = {};
    });

    it("is good once: the answer brings the next one", async () => {
      const first = await scene.tokens("desktop", "alice", userRead);
      const second = await refresh("desktop", first);
      const third = await refresh("desktop", second);
      expect([second.status, third.status]).toEqual([200, 200]);
    });

    it("revokes all of the sign-in when a spent one comes again, and the log says so", async () => {
      const first = await scene.tokens("desktop", "alice", userRead);
      const others = [await scene.tokens("desktop", "alice", userRead), await scene.tokens("desktop", "bob", userRead)];
      const second = await refresh("desktop", first);
      const again = await refresh("desktop", first);
      expect(again.body).toMatchObject({ error: "invalid_grant", error_codes: [70000] });
      expect(scene.emulator.requests.at(-1)?.error).toContain(reuse);
      expect(await (await fetch(`${scene.emulator.url}/log`)).text()).toContain("all of its sign-in are revoked now");
      expect(numberOf(await refresh("desktop", second))).toBe(50173);
      for (const other of others) expect((await refresh("desktop", other)).status).toBe(200);
    });

    it("gives the next one to one of many requests at once alone", async () => {
      const first = await scene.tokens("desktop", "alice", userRead);
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh("desktop", first)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it("spends no token for a request that is refused", async () => {
      const first = await scene.tokens("desktop", "alice", userRead);
      expect(numberOf(await refresh("desktop", first, { scope: "Mail.Read" }))).toBe(65001);
      expect((await refresh("desktop", first)).status).toBe(200);
    });

    it("takes a spent one again within its leeway", async () => {
      scene.app("desktop").refreshTokenRotation = { leeway: 10 };
      const first = await scene.tokens("desktop", "alice", userRead);
      await refresh("desktop", first);
      scene.advance(9);
      expect((await refresh("desktop", first)).status).toBe(200);
      scene.advance(1);
      expect(numberOf(await refresh("desktop", first))).toBe(70000);
    });

    it("is a matter of the application that asks, and may begin later", async () => {
      delete scene.app("desktop").refreshTokenRotation;
      const first = await scene.tokens("desktop", "alice", userRead);
      await refresh("desktop", first);
      scene.app("desktop").refreshTokenRotation = {};
      expect((await refresh("desktop", first)).status).toBe(200);
      expect(numberOf(await refresh("desktop", first))).toBe(70000);
    });
  });
});
