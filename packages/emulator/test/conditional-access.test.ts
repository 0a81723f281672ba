import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { containing } from "./matchers.ts";
import { claimsOf, numberOf, openScene, text, type Answer, type Scene } from "./scene.ts";

const scope = "openid offline_access User.Read";

describe("conditional access", () => {
  let scene: Scene;
  let signedIn: Answer;
  beforeEach(async () => {
    scene = await openScene();
    signedIn = await scene.tokens("desktop", "alice", scope);
  });
  afterEach(() => scene.emulator.close());

  function refresh(changes: Record<string, string> = {}, from = signedIn): Promise<Answer> {
    const form = { grant_type: "refresh_token", refresh_token: text(from, "refresh_token"), scope, ...changes };
    return scene.token("desktop", form);
  }

  describe("a second factor", () => {
    it("is demanded at the next refresh: AADSTS50076", async () => {
      scene.emulator.requireMfa({ user: "alice" });
      expect((await refresh()).body).toMatchObject({
        error: "invalid_grant",
        error_codes: [50076],
        suberror: "basic_action",
        claims: containing("polids"),
      });
    });

    it("is asked for at the next sign-in, and satisfies from then on", async () => {
      scene.emulator.requireMfa({ user: "alice" });
      const fresh = await scene.tokens("desktop", "alice", scope);
      expect(claimsOf(fresh)["amr"]).toEqual(["pwd", "mfa"]);
      expect((await refresh({}, fresh)).status).toBe(200);
      expect(scene.emulator.requests.some(({ form }) => form["otp"] === scene.user("alice").otp)).toBe(true);
    });

    it("is no longer asked for when the policy is lifted", async () => {
      const lift = scene.emulator.requireMfa({});
      expect(numberOf(await refresh())).toBe(50076);
      lift();
      expect((await refresh()).status).toBe(200);
    });

    it("is demanded on behalf of the user too", async () => {
      const incoming = await refresh({ scope: "api://orders/Orders.Read" });
      scene.emulator.requireMfa({ app: "api" });
      const answer = await scene.token("api", {
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        requested_token_use: "on_behalf_of",
        assertion: text(incoming, "access_token"),
        scope: "User.Read",
      });
      expect(answer.body).toMatchObject({ error: "interaction_required", error_codes: [50076] });
    });
  });

  it.each([
    ["the user by short name", { user: "alice" }, true],
    ["the user by user name", { user: "Alice@contoso.onmicrosoft.com" }, true],
    ["another user", { user: "bob" }, false],
    ["the client", { app: "desktop" }, true],
    ["another client", { app: "web" }, false],
    ["the API by identifier URI", { resource: "https://graph.microsoft.com" }, true],
    ["another API", { resource: "api" }, false],
    ["all of them", { user: "alice", app: "desktop", resource: "graph" }, true],
    ["one of them only", { user: "alice", app: "web" }, false],
  ])("touches whom it names: %s", async (_, who, touched) => {
    scene.emulator.requireMfa(who);
    expect((await refresh()).status).toBe(touched ? 400 : 200);
  });

  it.each([
    ["user", { user: "nobody" }],
    ["app", { app: "nothing" }],
    ["resource", { resource: "nothing" }],
  ])("refuses a policy for a %s that does not exist", (option, who) => {
    expect(() => scene.emulator.requireMfa(who)).toThrow(new RegExp(`^"${option}" `));
  });

  describe("claims", () => {
    const demanded = JSON.stringify({ access_token: { acrs: { essential: true, value: "c1" } } });

    it("are handed out as a challenge until the client sends them", async () => {
      scene.emulator.requireClaims({ resource: "graph" }, demanded);
      const refused = await refresh();
      expect(refused.body).toMatchObject({ error: "invalid_grant", error_codes: [50076], claims: demanded });
      const claims = text(refused, "claims");
      expect(claimsOf(await refresh({ claims }))["acrs"]).toEqual(["c1"]);
      expect(numberOf(await refresh())).toBe(50076);
    });

    it("may come along with more, such as the client's capabilities", async () => {
      scene.emulator.requireClaims({}, demanded);
      const claims = JSON.stringify({
        access_token: { xms_cc: { values: ["cp1"] }, acrs: { value: "c1", essential: true } },
      });
      expect(claimsOf(await refresh({ claims }))).toMatchObject({ acrs: ["c1"], xms_cc: ["cp1"] });
    });

    it("sent with a sign-in bring the second factor and hold for its refresh token", async () => {
      scene.emulator.requireClaims({}, demanded);
      const code = await scene.code("desktop", "alice", { scope, claims: demanded });
      const fresh = await scene.token("desktop", {
        grant_type: "authorization_code",
        code,
        redirect_uri: "http://localhost:1",
        code_verifier: "a-verifier-that-is-long-enough-for-rfc-7636-a-verifier",
      });
      expect(claimsOf(fresh)).toMatchObject({ acrs: ["c1"], amr: ["pwd", "mfa"] });
      expect((await refresh({}, fresh)).status).toBe(200);
    });

    it("are demanded of an application too", async () => {
      scene.emulator.requireClaims({ app: "daemon" }, demanded);
      const form = { grant_type: "client_credentials", scope: "api://orders/.default" };
      expect((await scene.token("daemon", form)).body).toMatchObject({ error_codes: [50076], claims: demanded });
      expect((await scene.token("daemon", { ...form, claims: demanded })).status).toBe(200);
    });

    it("must be JSON in the policy", () => {
      expect(() => scene.emulator.requireClaims({}, "c1")).toThrow(/^"claims" must be JSON/);
    });
  });

  it.each([
    ["a block", 53003, { kind: "block" }],
    ["a managed device", 50131, { kind: "managed-device" }],
  ] as const)("%s stops refresh and sign-in: AADSTS%i", async (_, number, demand) => {
    scene.emulator.addPolicy({ who: { user: "alice" }, demand });
    expect((await refresh()).body).toMatchObject({ error: "invalid_grant", error_codes: [number] });
    const { parameters } = await scene.emulator.signIn(scene.authorizeUrl("web"), "alice");
    expect(parameters["error_description"]).toContain(`AADSTS${number}`);
    expect(parameters["state"]).toBe("the-state");
  });

  it("a block stops an application, and policies for users do not", async () => {
    const form = { grant_type: "client_credentials", scope: "api://orders/.default" };
    scene.emulator.requireMfa({});
    scene.emulator.addPolicy({ who: {}, demand: { kind: "managed-device" } });
    scene.emulator.addPolicy({ who: { user: "alice" }, demand: { kind: "block" } });
    expect((await scene.token("daemon", form)).status).toBe(200);
    scene.emulator.addPolicy({ who: { app: "daemon" }, demand: { kind: "block" } });
    expect(numberOf(await scene.token("daemon", form))).toBe(53003);
  });

  it("a sign-in frequency ends refresh tokens and asks for the password again: AADSTS70043", async () => {
    const cookies = new Map<string, string>();
    await scene.emulator.signIn(scene.authorizeUrl("web"), "alice", { cookies });
    scene.emulator.addPolicy({ who: { user: "alice" }, demand: { kind: "sign-in-frequency", seconds: 3600 } });
    scene.advance(3600);
    expect((await refresh()).status).toBe(200);
    scene.advance(1);
    expect((await refresh()).body).toMatchObject({ error: "invalid_grant", error_codes: [70043] });
    scene.emulator.requests.length = 0;
    await scene.emulator.signIn(scene.authorizeUrl("web"), "alice", { cookies });
    expect(scene.emulator.requests.some(({ form }) => form["password"] !== undefined)).toBe(true);
  });

  it("revoked sessions end browser sessions too", async () => {
    const cookies = new Map<string, string>();
    await scene.emulator.signIn(scene.authorizeUrl("web"), "alice", { cookies });
    scene.emulator.revokeSessions(scene.user("alice"));
    const { parameters } = await scene.emulator.signIn(scene.authorizeUrl("web", { prompt: "none" }), "alice", {
      cookies,
    });
    expect(parameters["error"]).toBe("login_required");
  });
});
