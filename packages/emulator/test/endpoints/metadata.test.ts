import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { including, someText } from "../matchers.ts";
import { claimsOf, openScene, readAnswer, text, type Answer, type Scene } from "../scene.ts";

describe("metadata endpoints", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(() => scene.emulator.close());

  const get = async (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    readAnswer(await fetch(`${scene.emulator.url}${path}`, { headers }));

  describe("openid-configuration", () => {
    it("names every endpoint under the tenant's GUID, also when asked by domain", async () => {
      const { body } = await get("/Contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration");
      const authority = scene.emulator.authority();
      expect(body).toMatchObject({
        issuer: `${authority}/v2.0`,
        authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
        token_endpoint: `${authority}/oauth2/v2.0/token`,
        device_authorization_endpoint: `${authority}/oauth2/v2.0/devicecode`,
        end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
        jwks_uri: `${authority}/discovery/v2.0/keys`,
        userinfo_endpoint: `${scene.emulator.url}/oidc/userinfo`,
      });
    });

    it.each(["common", "organizations"])("leaves a placeholder in the issuer of %s", async (tenant) => {
      const { body } = await get(`/${tenant}/v2.0/.well-known/openid-configuration`);
      expect(body["issuer"]).toBe(`${scene.emulator.url}/{tenantid}/v2.0`);
      expect(body["token_endpoint"]).toBe(`${scene.emulator.url}/${tenant}/oauth2/v2.0/token`);
    });

    it("resolves consumers to the tenant of personal accounts", async () => {
      const { body } = await get("/consumers/v2.0/.well-known/openid-configuration");
      expect(body["issuer"]).toBe(`${scene.emulator.url}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`);
    });

    it("refuses an unknown tenant: AADSTS90002", async () => {
      const answer = await get("/nobody.example/v2.0/.well-known/openid-configuration");
      expect(answer).toMatchObject({ status: 400, body: { error: "invalid_tenant", error_codes: [90002] } });
    });
  });

  it("publishes the public key alone", async () => {
    const { body } = await get("/common/discovery/v2.0/keys");
    expect(body).toEqual({
      keys: [{ kty: "RSA", use: "sig", alg: "RS256", kid: someText, n: someText, e: "AQAB" }],
    });
  });

  describe("instance discovery", () => {
    const discover = (endpoint: string): Promise<Answer> =>
      get(`/common/discovery/instance?api-version=1.1&authorization_endpoint=${encodeURIComponent(endpoint)}`);

    it("knows the public clouds with their aliases", async () => {
      const { body } = await discover("https://login.windows.net/contoso.com/oauth2/v2.0/authorize");
      expect(body).toMatchObject({
        "api-version": "1.1",
        tenant_discovery_endpoint: "https://login.windows.net/contoso.com/v2.0/.well-known/openid-configuration",
        metadata: including({
          preferred_network: "login.microsoftonline.com",
          preferred_cache: "login.windows.net",
          aliases: including("login.microsoftonline.com", "login.windows.net", "sts.windows.net"),
        }),
      });
    });

    it("knows itself", async () => {
      const { status, body } = await discover(`${scene.emulator.authority()}/oauth2/v2.0/authorize`);
      expect(status).toBe(200);
      expect(JSON.stringify(body["metadata"])).toContain(new URL(scene.emulator.url).host);
    });

    it("does not know any other host: invalid_instance", async () => {
      expect((await discover("https://login.example/common/oauth2/v2.0/authorize")).body["error"]).toBe(
        "invalid_instance",
      );
      expect((await discover("nonsense")).body["error"]).toBe("invalid_instance");
      expect((await get("/common/discovery/instance")).status).toBe(400);
    });
  });

  it("says that it manages the users of its own domains, and nobody else", async () => {
    const own = await get("/common/UserRealm/alice%40Contoso.onmicrosoft.com?api-version=1.0");
    expect(own.body).toMatchObject({ account_type: "Managed", domain_name: "contoso.onmicrosoft.com" });
    expect((await get("/common/userrealm/someone@elsewhere.example")).body).toEqual({
      ver: "1.0",
      account_type: "Unknown",
    });
  });

  it("describes the user of a Graph token, and refuses any other token", async () => {
    const userInfo = (token: string): Promise<Answer> => get("/oidc/userinfo", { authorization: `Bearer ${token}` });
    const answer = await scene.tokens("desktop", "alice", "openid User.Read");
    const { username, name } = scene.user("alice");
    expect((await userInfo(text(answer, "access_token"))).body).toEqual({
      sub: claimsOf(answer, "id_token").sub,
      name,
      email: username,
    });
    expect((await userInfo(text(answer, "id_token"))).status).toBe(401);
    const refused = await get("/oidc/userinfo");
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toContain("invalid_token");
    scene.advance(3601);
    expect((await userInfo(text(answer, "access_token"))).status).toBe(401);
  });

  it("takes the token of a user also from a form", async () => {
    const answer = await scene.tokens("web", "bob", "openid User.Read");
    const body = new URLSearchParams({ access_token: text(answer, "access_token") });
    const response = await fetch(`${scene.emulator.url}/oidc/userinfo`, { method: "POST", body });
    expect((await readAnswer(response)).body).toMatchObject({ sub: claimsOf(answer, "id_token").sub });
  });

  describe("the page of an error", () => {
    const errorPage = async (code: string): Promise<{ status: number; page: string }> => {
      const response = await fetch(`${scene.emulator.url}/error?code=${code}`);
      return { status: response.status, page: await response.text() };
    };

    it("is where the error_uri of a refusal leads, and says what the number means", async () => {
      const refused = await scene.post("token", {});
      const response = await fetch(text(refused, "error_uri"));
      expect(response.status).toBe(200);
      const page = await response.text();
      expect(page).toContain("AADSTS900144");
      expect(page).toContain("The request body must contain the following parameter");
      expect(page).toContain("invalid_request");
    });

    it.each(["1", "toString", "", "%3Cscript%3E"])("knows nothing of a number that is not one: %s", async (code) => {
      const { status, page } = await errorPage(code);
      expect(status).toBe(404);
      expect(page).not.toContain("<script>");
    });
  });

  it("leads from the bare address to the log, and lists neither there", async () => {
    const response = await fetch(scene.emulator.url, { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([302, `${scene.emulator.url}/log`]);
    await fetch(`${scene.emulator.url}/error?code=50076`);
    const log = await (await fetch(`${scene.emulator.url}/log`)).text();
    expect(log).not.toContain("<code>GET /</code>");
    expect(log).not.toContain("<code>GET /error</code>");
    expect(log).toContain("<code>POST ");
  });

  it("has nothing anywhere else", async () => {
    const response = await fetch(`${scene.emulator.url}/nothing/here`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("/nothing/here");
    expect(scene.emulator.requests.at(-1)).toMatchObject({ endpoint: "unknown", status: 404 });
  });
});
