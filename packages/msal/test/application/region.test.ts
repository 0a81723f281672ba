import { afterEach, describe, expect, it, vi } from "vitest";
import { ATTEMPT_REGION_DISCOVERY, PublicClientApplication } from "../../src/index.ts";
import { confidentialApp } from "../support/apps.ts";
import { neverAnswers } from "../support/fake-provider.ts";
import { settle } from "../support/settle.ts";
import { appTokens, authority, clientId, host, refusal, tenantId, userTokens } from "../support/token-answers.ts";

const scopes = ["https://graph.microsoft.com/.default"];
const regional = `https://westus2.login.microsoft.com/${tenantId}`;
const metadataService = "http://169.254.169.254/metadata/instance/compute/location?format=text&api-version=2021-01-01";
const byName = `https://${host}/contoso.onmicrosoft.com`;
const tokenEndpoint = { token_endpoint: `${authority}/oauth2/v2.0/token` };
const down = { status: 503 };

afterEach(() => void vi.unstubAllEnvs());

describe("a region (B1.8)", () => {
  it("serves the application's own tokens: discovery and token request go there, by the tenant's id", async () => {
    const { app, provider } = confidentialApp({ authority: byName, azureRegion: "westus2" });
    provider.knows(byName, tokenEndpoint).knows(regional).expectToken(regional, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
    expect(provider.requests.map(({ url }) => url)).toEqual([
      `${byName}/v2.0/.well-known/openid-configuration`,
      `${regional}/v2.0/.well-known/openid-configuration`,
      `${regional}/oauth2/v2.0/token`,
    ]);
  });

  it("is asked alone for a tenant given by its id, which the central service could only repeat", async () => {
    const { app, provider } = confidentialApp({ azureRegion: "westus2" });
    provider.knows(regional).expectToken(regional, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(provider.requests).toHaveLength(2);
  });

  it("is the audience of the assertion", async () => {
    const audiences: string[] = [];
    const clientCredential = {
      clientAssertion: (context: { tokenEndpoint: string }) => {
        audiences.push(context.tokenEndpoint);
        return "an-assertion";
      },
    };
    const { app, provider } = confidentialApp({ azureRegion: "westus2", clientCredential });
    provider.knows(regional).expectToken(regional, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(audiences).toEqual([`${regional}/oauth2/v2.0/token`]);
  });

  it("leaves the token under the central host, where an application without a region finds it", async () => {
    const { app, provider, cache, clock } = confidentialApp({ azureRegion: "westus2" });
    provider.knows(regional).expectToken(regional, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(cache.find("AccessToken")).toMatchObject([{ environment: host, realm: tenantId }]);
    expect(cache.find("AppMetadata")).toMatchObject([{ environment: host }]);

    const central = confidentialApp({ tokenCache: cache }, clock);
    expect(await central.app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "cache" });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "cache" });
    expect(await app.acquireTokenSilent(scopes, null)).toMatchObject({ access_token: "app-token" });
  });

  it("takes no part where tokens are for a user", async () => {
    const { app, provider, clock } = confidentialApp({ azureRegion: "westus2" });
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenOnBehalfOf("an incoming token", ["User.Read"]);
    expect(await app.getAuthorizationRequestUrl(["User.Read"])).toContain(`${authority}/oauth2/v2.0/authorize?`);
  });

  it("gives its refusal as a value", async () => {
    const { app, provider } = confidentialApp({ azureRegion: "westus2" });
    provider.knows(regional).expectToken(regional, refusal("invalid_client"));
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ error: "invalid_client" });
  });

  it("of another cloud is under that cloud's host", async () => {
    const gov = `https://usgovvirginia.login.microsoftonline.us/${tenantId}`;
    const { app, provider, cache } = confidentialApp({
      authority: `https://login.microsoftonline.us/${tenantId}`,
      azureRegion: "usgovvirginia",
    });
    provider.knows(gov).expectToken(gov, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(cache.find("AccessToken")).toMatchObject([{ environment: "login.microsoftonline.us" }]);
  });

  it("is left aside on this machine, which has none, and not even looked for", async () => {
    const local = `http://localhost:8080/${tenantId}`;
    const { app, provider, log } = confidentialApp({ authority: local, azureRegion: ATTEMPT_REGION_DISCOVERY });
    provider.expectToken(local, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(log).toContain(`info: There are no Azure regions at ${local}; it is asked itself.`);
  });

  it("makes an unknown host no more trusted", async () => {
    const odd = "https://login.contoso.example/contoso";
    const { app, provider } = confidentialApp({ authority: odd, azureRegion: "westus2" });
    const directory =
      "https://login.microsoftonline.com/common/discovery/instance" +
      `?authorization_endpoint=${encodeURIComponent(`${odd}/oauth2/v2.0/authorize`)}&api-version=1.1`;
    provider.expect("GET", directory, refusal("invalid_instance"));
    await expect(app.acquireTokenForClient(scopes)).rejects.toMatchObject({ code: "invalid_instance" });
  });
});

describe("an outage of the central service (B1.8, B7.8)", () => {
  it("is borne: the region is asked by the tenant's name, and the cache works too", async () => {
    const { app, provider, cache, log } = confidentialApp({ authority: byName, azureRegion: "westus2" });
    const configuration = `${byName}/v2.0/.well-known/openid-configuration`;
    provider.forgets(byName).expect("GET", configuration, down);
    provider.knows("https://westus2.login.microsoft.com/contoso.onmicrosoft.com", {
      token_endpoint: `${regional}/oauth2/v2.0/token`,
    });
    provider.expectToken(regional, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
    expect(cache.find("AccessToken")).toMatchObject([{ environment: host, realm: tenantId }]);
    expect(log).toContain(`warn: ${byName} does not answer (server_error); its region is asked by the tenant's name.`);
    // What was learnt is remembered: the outage costs the next call nothing.
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "cache" });
  });

  it("is no excuse for a tenant that the central service does not know", async () => {
    const { app, provider } = confidentialApp({ authority: byName, azureRegion: "westus2" });
    const configuration = `${byName}/v2.0/.well-known/openid-configuration`;
    provider.forgets(byName).expect("GET", configuration, { status: 400, json: { error: "invalid_tenant" } });
    await expect(app.acquireTokenForClient(scopes)).rejects.toMatchObject({ code: "authority_not_found" });
  });
});

describe("the region that is found out (B1.8)", () => {
  it("comes from the metadata service, at the first token and not before", async () => {
    const { app, provider } = confidentialApp({ azureRegion: true });
    expect(provider.requests).toEqual([]);
    provider.knows(regional).expect("GET", metadataService, { body: "westus2" });
    provider.expectToken(regional, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    const [asked] = provider.requests;
    expect(Object.fromEntries(asked?.headers ?? [])).toEqual({ metadata: "true" });
  });

  it("is none after two seconds of silence, and the central endpoints are asked", async () => {
    const { app, provider, clock } = confidentialApp({ azureRegion: true });
    provider.expect("GET", metadataService, neverAnswers).expectToken(authority, { json: appTokens() });
    const waiting = app.acquireTokenForClient(scopes);
    await settle();
    clock.advance(1999);
    await settle();
    expect(provider.posts).toEqual([]);
    clock.advance(1);
    expect(await waiting).toMatchObject({ access_token: "app-token" });
  });

  it("is asked for without a retry", async () => {
    const { app, provider } = confidentialApp({ azureRegion: true });
    const lost = (): never => {
      throw new TypeError("fetch failed");
    };
    provider.expect("GET", metadataService, lost).expectToken(authority, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
  });

  it("is not looked for while the cache has a token", async () => {
    const { app, provider, clock, cache } = confidentialApp({ azureRegion: "westus2" });
    provider.knows(regional).expectToken(regional, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    const second = confidentialApp({ tokenCache: cache, azureRegion: true }, clock);
    expect(await second.app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "cache" });
  });
});

describe("MSAL_FORCE_REGION (B1.8)", () => {
  it("is the region where the option is absent", async () => {
    vi.stubEnv("MSAL_FORCE_REGION", "westus2");
    const { app, provider } = confidentialApp();
    provider.knows(regional).expectToken(regional, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
  });

  it("gives way to false", async () => {
    vi.stubEnv("MSAL_FORCE_REGION", "westus2");
    const { app, provider } = confidentialApp({ azureRegion: false });
    provider.expectToken(authority, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
  });

  it("must be a region, which is said before anything is sent", () => {
    vi.stubEnv("MSAL_FORCE_REGION", "https://evil.example");
    expect(() => confidentialApp()).toThrow(/^"MSAL_FORCE_REGION" must be/);
  });
});

it("a public client application refuses azureRegion, and says whose it is (B1.8)", () => {
  const options = { clientId, azureRegion: "westus2" };
  expect(() => new PublicClientApplication(options)).toThrow(
    /^"azureRegion" must not be given to a public client application, .* use ConfidentialClientApplication/,
  );
});
