import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SignInOptions, SignInOutcome } from "../../src/index.ts";
import { containing, someText } from "../matchers.ts";
import { claimsOf, known, openScene, redemption, type Scene } from "../scene.ts";

describe("authorize endpoint", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.emulator.close());

  type Changes = Record<string, string | undefined>;
  const signIn = (user: string, changes: Changes = {}, options: SignInOptions = {}): Promise<SignInOutcome> =>
    scene.emulator.signIn(scene.authorizeUrl("web", changes), user, options);
  /** The pages that were filled in, by the name of the field that was typed in. */
  const answered = (): string[] =>
    scene.emulator.requests
      .filter(({ endpoint }) => endpoint === "login")
      .map(({ form }) => Object.keys(form).find((name) => name !== "flow") ?? "");

  describe("answers", () => {
    it("comes back by query with code, state and the home account", async () => {
      const { method, url, parameters } = await signIn("alice");
      expect(method).toBe("GET");
      expect(url).toMatch(/^http:\/\/localhost:1\/callback\?code=/);
      expect(parameters).toMatchObject({
        code: someText,
        state: "the-state",
        client_info: someText,
      });
      expect(parameters["session_state"]).toMatch(/^[\da-f-]{36}$/);
      expect(answered()).toEqual(["username", "password"]);
    });

    it("comes back by form_post and by fragment where asked", async () => {
      const posted = await signIn("alice", { response_mode: "form_post" });
      expect(posted).toMatchObject({ method: "POST", url: "http://localhost:1/callback" });
      expect(posted.parameters).toMatchObject({ code: someText, state: "the-state" });
      const fragment = await signIn("alice", { response_mode: "fragment" });
      expect(fragment.url).toContain("#code=");
    });

    it("keeps the query that the redirect URI has", async () => {
      const { url } = await signIn("alice", { redirect_uri: "http://localhost:1/callback?tenant=a" });
      expect(url).toMatch(/\?tenant=a&code=/);
    });

    it("leaves out what was not sent", async () => {
      const { parameters } = await signIn("alice", { state: undefined, client_info: undefined });
      expect(Object.keys(parameters)).toEqual(["code", "session_state"]);
    });

    it("takes the request as a POST too", async () => {
      const url = new URL(scene.authorizeUrl("web", { prompt: "none" }));
      const response = await fetch(`${url.origin}${url.pathname}`, {
        method: "POST",
        body: url.searchParams,
        redirect: "manual",
      });
      expect(response.headers.get("location")).toContain("error=login_required");
    });
  });

  describe("single sign-on", () => {
    it("knows the user again in the same browser, and in no other", async () => {
      const cookies = new Map<string, string>();
      await signIn("alice", {}, { cookies });
      scene.emulator.requests.length = 0;
      await signIn("alice", {}, { cookies });
      expect(answered()).toEqual([]);
      await signIn("alice");
      expect(answered()).toEqual(["username", "password"]);
    });

    it("asks which account when there are two, and takes the hinted one without a question", async () => {
      const cookies = new Map<string, string>();
      await signIn("alice", {}, { cookies });
      await signIn("bob", { prompt: "select_account" }, { cookies });
      scene.emulator.requests.length = 0;
      await signIn("bob", {}, { cookies });
      expect(answered()).toEqual(["username"]);
      scene.emulator.requests.length = 0;
      await signIn("alice", { login_hint: scene.user("alice").username.toUpperCase() }, { cookies });
      expect(answered()).toEqual([]);
    });

    it("goes straight to the password of a hinted user", async () => {
      await signIn("alice", { login_hint: scene.user("alice").username });
      expect(answered()).toEqual(["password"]);
    });

    it("offers only accounts that the domain hint allows", async () => {
      const cookies = new Map<string, string>();
      await signIn("alice", {}, { cookies });
      const silent = async (domain_hint: string) =>
        (await signIn("alice", { prompt: "none", domain_hint }, { cookies })).parameters["error"];
      expect(await silent("organizations")).toBeUndefined();
      expect(await silent("contoso.onmicrosoft.com")).toBeUndefined();
      expect(await silent("consumers")).toBe("login_required");
      expect(await silent("fabrikam.onmicrosoft.com")).toBe("login_required");
    });

    it("asks for the password again when the sign-in is older than max_age", async () => {
      const cookies = new Map<string, string>();
      await signIn("alice", {}, { cookies });
      scene.advance(60);
      scene.emulator.requests.length = 0;
      await signIn("alice", { max_age: "60" }, { cookies });
      expect(answered()).toEqual([]);
      scene.advance(1);
      const { parameters } = await signIn("alice", { max_age: "60" }, { cookies });
      expect(answered()).toEqual(["password"]);
      const form = redemption(scene.app("web"), known(parameters["code"], "code"));
      expect(claimsOf(await scene.token("web", form), "id_token")["auth_time"]).toBe(scene.now() / 1000);
    });
  });

  describe("prompt", () => {
    it("login asks for the password again", async () => {
      const cookies = new Map<string, string>();
      await signIn("alice", {}, { cookies });
      scene.emulator.requests.length = 0;
      await signIn("alice", { prompt: "login" }, { cookies });
      expect(answered().at(-1)).toBe("password");
    });

    it("select_account and create ask for the account, but not again for its password", async () => {
      const cookies = new Map<string, string>();
      await signIn("alice", {}, { cookies });
      for (const prompt of ["select_account", "create"]) {
        scene.emulator.requests.length = 0;
        await signIn("alice", { prompt }, { cookies });
        expect(answered(), prompt).toEqual(["username"]);
      }
    });

    it("consent asks for consent that was given before", async () => {
      await signIn("alice", { prompt: "consent" });
      expect(answered()).toEqual(["username", "password", "decision"]);
    });

    it.each([
      ["somebody else is signed in", "login_required", "AADSTS50058", { login_hint: "bob@contoso.onmicrosoft.com" }],
      ["consent is missing", "consent_required", "AADSTS65001", { scope: "Mail.Read" }],
    ])("none fails when %s: %s, %s", async (_, error, number, changes) => {
      const cookies = new Map<string, string>();
      await signIn("alice", {}, { cookies });
      const { parameters } = await signIn("alice", { prompt: "none", ...changes }, { cookies });
      expect(parameters).toMatchObject({ error, error_description: containing(number), state: "the-state" });
      expect(parameters).not.toHaveProperty("code");
    });

    it("none fails when nobody is signed in: AADSTS50058", async () => {
      const { parameters } = await signIn("alice", { prompt: "none" });
      expect(parameters).toMatchObject({ error: "login_required", error_description: containing("AADSTS50058") });
    });

    it("none fails when a second factor is due: AADSTS50076", async () => {
      const cookies = new Map<string, string>();
      await signIn("alice", {}, { cookies });
      scene.emulator.requireMfa({ user: "alice" });
      const { parameters } = await signIn("alice", { prompt: "none" }, { cookies });
      expect(parameters).toMatchObject({ error: "interaction_required" });
      expect(parameters["error_description"]).toContain("AADSTS50076");
    });

    it("none succeeds for a user who is signed in", async () => {
      const cookies = new Map<string, string>();
      await signIn("alice", {}, { cookies });
      expect((await signIn("alice", { prompt: "none" }, { cookies })).parameters).toHaveProperty("code");
    });
  });

  describe("consent", () => {
    it("is asked for once, and is remembered", async () => {
      await signIn("alice", { scope: "Mail.Read" });
      await signIn("alice", { scope: "Mail.Read" });
      expect(answered()).toEqual(["username", "password", "decision", "username", "password"]);
    });

    it("declined comes back as an error: AADSTS65004", async () => {
      const { parameters, declined } = await signIn("alice", { scope: "Mail.Read" }, { decline: true });
      expect(declined).toBe(true);
      expect(parameters).toMatchObject({ error: "access_denied", error_subcode: "cancel", state: "the-state" });
      expect(parameters["error_description"]).toContain("AADSTS65004");
    });

    it("that only an administrator can give comes back as an error: AADSTS90094", async () => {
      const { parameters } = await signIn("alice", { scope: "User.Read.All" });
      expect(parameters["error_description"]).toContain("AADSTS90094");
    });
  });

  describe("errors that go back to the application", () => {
    it.each([
      ["no response type", 900144, { response_type: undefined }],
      ["response_type=id_token", 700054, { response_type: "code id_token" }],
      ["response_type=token", 700051, { response_type: "token" }],
      ["an unknown response type", 90023, { response_type: "device" }],
      ["no scope", 900144, { scope: undefined }],
      ["a resource", 901002, { resource: "api://orders" }],
      ["an unknown prompt", 90023, { prompt: "please" }],
      ["a max_age that is no number", 90023, { max_age: "soon" }],
      ["an unknown challenge method", 90023, { code_challenge_method: "S512" }],
      ["claims that are no JSON", 90023, { claims: "{" }],
      ["an API that nobody knows", 500011, { scope: "api://nothing/Read" }],
      ["a scope that the API does not have", 650053, { scope: "User.Burn" }],
    ])("%s: AADSTS%i", async (_, number, changes) => {
      const { parameters, url } = await signIn("alice", changes);
      expect(url).toMatch(/^http:\/\/localhost:1\/callback\?error=/);
      expect(parameters["error_description"]).toContain(`AADSTS${number}:`);
      expect(parameters["state"]).toBe("the-state");
    });
  });

  describe("errors that stay on a page", () => {
    it.each([
      ["a foreign redirect URI", 50011, { redirect_uri: "https://evil.example/callback" }],
      ["a redirect URI that only begins like ours", 50011, { redirect_uri: "http://localhost.evil.example/callback" }],
      ["a redirect URI whose user name looks like ours", 50011, { redirect_uri: "http://localhost@evil.example/" }],
      ["a redirect URI with a user name", 50011, { redirect_uri: "http://name@localhost:1/callback" }],
      ["a redirect URI with a fragment", 50011, { redirect_uri: "http://localhost:1/callback#part" }],
      ["a redirect URI that is no URL", 50011, { redirect_uri: "nonsense" }],
      ["no redirect URI", 900144, { redirect_uri: undefined }],
      ["no client", 900144, { client_id: undefined }],
      ["a client that nobody knows", 700016, { client_id: "nobody" }],
      ["an unknown response mode", 90023, { response_mode: "pigeon" }],
    ])("%s: AADSTS%i", async (_, number, changes) => {
      const response = await fetch(scene.authorizeUrl("web", changes), { redirect: "manual" });
      expect(response.status).toBe(400);
      expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(await response.text()).toContain(`AADSTS${number}`);
    });

    it("an unknown tenant: AADSTS90002", async () => {
      const response = await fetch(scene.authorizeUrl("web", {}, "nobody.example"), { redirect: "manual" });
      expect(await response.text()).toContain("AADSTS90002");
    });
  });

  it("lets a native application use any port, but only the registered path", async () => {
    const status = async (redirect_uri: string) =>
      (await fetch(scene.authorizeUrl("desktop", { redirect_uri }), { redirect: "manual" })).status;
    expect(await status("http://localhost:50123")).toBe(200);
    expect(await status("http://localhost:50123/")).toBe(200);
    expect(await status("http://localhost:50123/elsewhere")).toBe(400);
    expect(await status("https://localhost:50123")).toBe(400);
  });

  it("names its tenant's users only, and personal accounts only under common and consumers", async () => {
    const url = (tenant: string) => scene.authorizeUrl("web", {}, tenant);
    await expect(scene.emulator.signIn(url("fabrikam.onmicrosoft.com"), "alice")).rejects.toThrow("AADSTS50034");
    await expect(scene.emulator.signIn(url("organizations"), "erin")).rejects.toThrow("AADSTS50034");
    for (const tenant of ["common", "consumers"]) {
      expect((await scene.emulator.signIn(url(tenant), "erin")).parameters, tenant).toHaveProperty("code");
    }
  });
});
