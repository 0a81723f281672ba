import { describe, expect, it } from "vitest";
import { AuthorityBuilder, AZURE_US_GOVERNMENT, PublicClientApplication } from "../../src/index.ts";
import { confidentialApp, publicApp } from "../support/apps.ts";
import { FakeProvider } from "../support/fake-provider.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { appTokens, authority, tenantId, userTokens } from "../support/token-answers.ts";

const scopes = ["api/.default"];
const foreign = "https://login.contoso.example/tenant";

/** The question whether Microsoft knows the host. */
const questionAt = (endpoint: string, about: string = foreign): string =>
  `${endpoint}?authorization_endpoint=${encodeURIComponent(`${about}/oauth2/v2.0/authorize`)}&api-version=1.1`;
const question = questionAt("https://login.microsoftonline.com/common/discovery/instance");
const configurationOf = (at: string): string => `${at}/v2.0/.well-known/openid-configuration`;

describe("instance discovery (B1.4)", () => {
  it("asks Microsoft about a host that is not well known, once, before anything is sent there", async () => {
    const { app, provider } = confidentialApp({ authority: foreign });
    provider.expect("GET", question, { json: { metadata: [] } });
    provider.expectToken(foreign, { json: appTokens() }).expectToken(foreign, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    await app.acquireTokenForClient(scopes, { forceRefresh: true });
    expect(provider.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET ${question}`,
      `GET ${configurationOf(foreign)}`,
      `POST ${foreign}/oauth2/v2.0/token`,
      `POST ${foreign}/oauth2/v2.0/token`,
    ]);
  });

  it("is one request for a thousand different calls at once", async () => {
    const { app, provider } = confidentialApp({ authority: foreign });
    provider.expect("GET", question, { json: { metadata: [] } });
    for (let call = 0; call < 1000; call += 1) provider.expectToken(foreign, { json: appTokens() });
    await Promise.all(Array.from({ length: 1000 }, (_, index) => app.acquireTokenForClient([`api-${index}`])));
    expect(provider.requests.filter(({ method }) => method === "GET")).toHaveLength(2);
  });

  it("ends the call with what mends it, when Microsoft does not know the host; the secret stays here", async () => {
    const { app, provider } = confidentialApp({ authority: foreign });
    provider.expect("GET", question, { status: 400, json: { error: "invalid_instance" } });
    const error = await msalErrorFrom(app.acquireTokenForClient(scopes));
    expect(error.code).toBe("invalid_instance");
    expect(error.message).toContain('"login.contoso.example"');
    expect(error.message).toContain("validateAuthority: false");
    expect(error.message).toContain("instanceDiscovery: false");
    expect(provider.posts).toEqual([]);
  });

  it.each([{ validateAuthority: false }, { instanceDiscovery: false }])("is switched off by %o", async (options) => {
    const { app, provider } = confidentialApp({ authority: foreign, ...options });
    provider.expectToken(foreign, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
    expect(provider.requests).toHaveLength(2);
  });

  it("asks another directory by its URL, about any host but the public clouds'", async () => {
    const instanceDiscovery = "https://directory.example/instance";
    const { app, provider } = confidentialApp({ authority: foreign, instanceDiscovery });
    provider.expect("GET", questionAt(instanceDiscovery), { json: { metadata: [] } });
    provider.expectToken(foreign, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(provider.requests).toHaveLength(3);
  });

  it.each([
    ["a public cloud's", authority],
    ["the US government's cloud", String(new AuthorityBuilder(AZURE_US_GOVERNMENT, tenantId))],
    ["an older name of the public cloud", `https://login.windows.net/${tenantId}`],
    ["this machine's own", "http://localhost:8080/tenant"],
    ["an External ID tenant's", "https://contoso.ciamlogin.com/contoso.onmicrosoft.com"],
    ["a B2C tenant's", "https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin"],
  ])("is not needed for %s host", async (_, known) => {
    const { app, provider } = confidentialApp({ authority: known });
    provider.expectToken(known, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(provider.requests.map(({ url }) => url)).toEqual([configurationOf(known), `${known}/oauth2/v2.0/token`]);
  });

  it("is tried again after a failure", async () => {
    const { app, provider } = confidentialApp({ authority: foreign });
    provider.expect("GET", question, { status: 503 }).expect("GET", question, { json: { metadata: [] } });
    provider.expectToken(foreign, { json: appTokens() });
    expect((await msalErrorFrom(app.acquireTokenForClient(scopes))).code).toBe("server_error");
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
  });

  it("tells the other names of the host, under which the user may be found (B1.7)", async () => {
    const at = `https://login.new-cloud.example/${tenantId}`;
    const { app, provider, cache, clock } = publicApp({ authority: at });
    const names = {
      preferred_network: "sts.new-cloud.example",
      aliases: ["login.new-cloud.example", "sts.new-cloud.example"],
    };
    const about = questionAt("https://login.microsoftonline.com/common/discovery/instance", at);
    provider.expect("GET", about, { json: { metadata: [names] } });
    cache.add({
      client_id: "other",
      scope: ["User.Read"],
      token_endpoint: `https://sts.new-cloud.example/${tenantId}/oauth2/v2.0/token`,
      response: userTokens(clock) as Record<string, unknown>,
    });
    expect(await app.getAccounts()).toMatchObject([{ environment: "sts.new-cloud.example" }]);
    expect(provider.requests).toHaveLength(1);
  });
});

describe("an OpenID Connect provider of another make (B1.2)", () => {
  it("is asked at its own address, and Microsoft is not", async () => {
    const oidcAuthority = "https://idp.contoso.example/realms/staff";
    const { app, provider } = publicApp();
    expect(app).toBeDefined();
    const other = new PublicClientApplication({ clientId: "app", oidcAuthority, fetch: provider.fetch });
    provider.expect("GET", `${oidcAuthority}/.well-known/openid-configuration`, {
      json: { authorization_endpoint: `${oidcAuthority}/auth`, token_endpoint: `${oidcAuthority}/token` },
    });
    const { auth_uri } = await other.initiateAuthCodeFlow([]);
    expect(auth_uri.startsWith(`${oidcAuthority}/auth?`)).toBe(true);
  });
});

describe("tenant discovery (B1.5, B1.6)", () => {
  it("waits for the first need: accounts of a tenant known by its id are listed without network", async () => {
    const { app, provider } = publicApp();
    expect(await app.getAccounts()).toEqual([]);
    expect(provider.requests).toEqual([]);
  });

  it("is for the common endpoint of the public cloud when no authority is named (B1.3)", async () => {
    const common = "https://login.microsoftonline.com/common";
    const provider = new FakeProvider().knows(common);
    const app = new PublicClientApplication({ clientId: "app", fetch: provider.fetch });
    const { auth_uri } = await app.initiateAuthCodeFlow(["User.Read"]);
    expect(auth_uri.startsWith(`${common}/oauth2/v2.0/authorize?`)).toBe(true);
    expect(provider.requests.map(({ url }) => url)).toEqual([`${common}/v2.0/.well-known/openid-configuration`]);
  });

  it("is remembered for a day", async () => {
    const { app, provider, clock } = confidentialApp();
    const discoveries = (): number => provider.requests.filter(({ method }) => method === "GET").length;
    for (let call = 0; call < 3; call += 1) provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    clock.advance(24 * 3_600_000 - 1);
    await app.acquireTokenForClient(scopes);
    expect(discoveries()).toBe(1);
    clock.advance(1);
    await app.acquireTokenForClient(scopes, { forceRefresh: true });
    expect(discoveries()).toBe(2);
  });

  it.each([
    ["a 5xx", { status: 500 }, "server_error"],
    ["429", { status: 429, headers: { "retry-after": "3" } }, "server_error"],
    [
      "no connection",
      (): never => {
        throw new TypeError("fetch failed");
      },
      "network_error",
    ],
  ])("is worth another try after %s, shared by all who waited", async (_, reply, code) => {
    const at = `https://login.microsoftonline.com/contoso.example`;
    const { provider, ...world } = confidentialApp({ authority });
    const { app } = confidentialApp({ authority: at, fetch: provider.fetch });
    provider.expect("GET", configurationOf(at), reply);
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => app.acquireTokenForClient(scopes)));
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code, retryable: true } });
    provider.knows(at).expectToken(at, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
    expect(world.log).toEqual([]);
  });

  it("names the authority and asks to check the tenant after a 4xx", async () => {
    const at = `https://login.microsoftonline.com/nobody.example`;
    const { provider } = confidentialApp();
    const { app } = confidentialApp({ authority: at, fetch: provider.fetch });
    const description = "AADSTS90002: Tenant 'nobody.example' not found.";
    const json = { error: "invalid_tenant", error_description: description };
    provider.expect("GET", configurationOf(at), { status: 400, json });
    const error = await msalErrorFrom(app.acquireTokenForClient(scopes));
    expect(error).toMatchObject({ code: "authority_not_found", retryable: false, status: 400, response: json });
    expect(error.message).toContain(at);
    expect(error.message).toContain('Check the tenant "nobody.example"');
  });

  it.each(["authorization_endpoint", "token_endpoint"])("must find %s", async (endpoint) => {
    const { app, provider } = confidentialApp();
    provider.knows(authority, { [endpoint]: undefined });
    const error = await msalErrorFrom(app.acquireTokenForClient(scopes));
    expect(error.code).toBe("invalid_response");
    expect(error.message).toContain(endpoint);
  });

  it("turns a domain name into the tenant's id, under which tokens are filed (B1.6)", async () => {
    const at = "https://login.microsoftonline.com/contoso.example";
    const { app, provider, cache } = confidentialApp({ authority: at });
    provider.knows(at, { token_endpoint: `${authority}/oauth2/v2.0/token` });
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(cache.find("AccessToken")).toMatchObject([{ realm: tenantId }]);
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "cache" });
  });

  it("finds the token of a tenant in capitals again, which its endpoints repeat (B1.6)", async () => {
    const at = "https://login.microsoftonline.com/6BABCAAD-604B-40AC-A9D7-9FD97C0B779F";
    const { app, provider } = confidentialApp({ authority: at });
    provider.knows(at, { token_endpoint: `${at}/oauth2/v2.0/token` });
    provider.expectToken(at, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "cache" });
  });

  it("keeps the given port, and doubles no slash (B1.1, B1.5)", async () => {
    const { provider } = confidentialApp();
    const { app } = confidentialApp({ authority: "http://127.0.0.1:8080/tenant///", fetch: provider.fetch });
    provider.knows("http://127.0.0.1:8080/tenant").expectToken("http://127.0.0.1:8080/tenant", { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(provider.requests[0]?.url).toBe("http://127.0.0.1:8080/tenant/v2.0/.well-known/openid-configuration");
  });
});
