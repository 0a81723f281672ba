import { onTestFinished, describe, expect, it } from "vitest";
import { PublicClientApplication, SerializableTokenCache } from "../../src/index.ts";
import { FakeProvider, type ProviderAnswer } from "../support/fake-provider.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { clientId, userTokens } from "../support/token-answers.ts";

const oidcAuthority = "https://idp.contoso.example/realms/staff";
const configurationUrl = `${oidcAuthority}/.well-known/openid-configuration`;
const api = "read";

/** Endpoints on hosts of their own, with queries of their own. */
const good = {
  issuer: oidcAuthority,
  authorization_endpoint: "https://login.contoso.example/start?realm=staff",
  token_endpoint: "https://tokens.contoso.example/v7/token?realm=staff",
};

function start(given = oidcAuthority) {
  const provider = new FakeProvider();
  onTestFinished(() => provider.verifyDone());
  const clock = new ManualClock();
  const tokenCache = new SerializableTokenCache({ clock });
  const options = { clientId, oidcAuthority: given, fetch: provider.fetch, clock, tokenCache };
  return { app: new PublicClientApplication(options), provider, clock, cache: tokenCache };
}

function tokensOf(clock: ManualClock, iss: string, more = {}): ProviderAnswer {
  const claims = { iss, tid: undefined, oid: undefined };
  return { json: userTokens(clock, { client_info: undefined, scope: "read openid", claims, ...more }) };
}

describe.each<[string, ProviderAnswer]>([
  ["plain", { json: good }],
  ["with a slash after its issuer", { json: { ...good, issuer: `${oidcAuthority}/` } }],
  [
    "with a byte order mark, as text",
    { body: `\uFEFF${JSON.stringify(good)}`, headers: { "content-type": "text/plain" } },
  ],
  [
    "with nulls, lists and fields of other standards",
    {
      json: {
        ...good,
        jwks_uri: null,
        userinfo_endpoint: [],
        grant_types_supported: null,
        mtls_endpoint_aliases: { token_endpoint: "x" },
      },
    },
  ],
])("B1.2 an OpenID Connect provider's configuration, %s", (_, configuration) => {
  it("serves sign-in, silent calls and renewal", async () => {
    const { app, provider, clock } = start();
    provider.expect("GET", configurationUrl, configuration);
    const flow = await app.initiateAuthCodeFlow([api], { redirectUri: "http://localhost" });
    const asked = new URL(flow.auth_uri);
    expect(asked.href).toMatch(/^https:\/\/login\.contoso\.example\/start\?realm=staff&/);
    const iss = "json" in configuration ? (configuration.json as typeof good).issuer : good.issuer;
    const nonce = asked.searchParams.get("nonce");
    provider.expect("POST", good.token_endpoint, (request) => {
      expect(request.form["code"]).toBe("the-code");
      return { json: { ...(tokensOf(clock, iss, { claims: { iss, nonce } }).json as object) } };
    });
    await app.acquireTokenByAuthCodeFlow(flow, { code: "the-code", state: flow.state, iss });
    const [account] = await app.getAccounts();
    if (account === undefined) throw new Error("nobody is signed in");
    expect(await app.acquireTokenSilent([api], account)).toMatchObject({ token_source: "cache" });
    provider.expect("POST", good.token_endpoint, tokensOf(clock, iss, { access_token: "new" }));
    expect(await app.acquireTokenSilent([api], account, { forceRefresh: true })).toMatchObject({ access_token: "new" });
    await app.removeAccount(account);
    expect(await app.getAccounts()).toEqual([]);
  });
});

describe("B5.3 the issuer of an OpenID Connect provider", () => {
  it.each([
    "https://idp.contoso.example/realms/other",
    "https://idp.contoso.example",
    "http://idp.contoso.example/realms/staff",
  ])("is refused when it is not the given address, and both are shown: %s", async (issuer) => {
    const { app, provider } = start();
    provider.expect("GET", configurationUrl, { json: { ...good, issuer } });
    const error = await msalErrorFrom(app.initiateAuthCodeFlow([api], { redirectUri: "http://localhost" }));
    expect(error.code).toBe("issuer_mismatch");
    expect(error.message).toContain(oidcAuthority);
    expect(error.message).toContain(JSON.stringify(issuer));
    expect(error.message).toContain('Give "oidcAuthority" the provider\'s own issuer');
  });

  it("is not remembered when it was refused", async () => {
    const { app, provider, clock } = start();
    provider.expect("GET", configurationUrl, { json: { ...good, issuer: "https://evil.example" } });
    await msalErrorFrom(app.acquireTokenByRefreshToken("rt", [api]));
    provider.expect("GET", configurationUrl, { json: good });
    provider.expect("POST", good.token_endpoint, tokensOf(clock, oidcAuthority));
    expect(await app.acquireTokenByRefreshToken("rt", [api])).toHaveProperty("access_token");
  });

  it("is that of a tenant of External ID behind a domain of its own, when the address has the tenant's id", async () => {
    const id = "6babcaad-604b-40ac-a9d7-9fd97c0b779f";
    const address = `https://login.contoso.example/${id}/v2.0`;
    const issuer = `https://${id}.ciamlogin.com/${id}/v2.0`;
    const { app, provider, clock } = start(address);
    provider.expect("GET", `${address}/.well-known/openid-configuration`, { json: { ...good, issuer } });
    provider.expect("POST", good.token_endpoint, tokensOf(clock, issuer));
    expect(await app.acquireTokenByRefreshToken("rt", [api])).toHaveProperty("access_token");
  });
});

describe("SilentOptions.authority beside an oidcAuthority", () => {
  it("is the address of such a provider too", async () => {
    const { app, provider, clock } = start();
    provider.expect("GET", configurationUrl, { json: good });
    provider.expect("POST", good.token_endpoint, tokensOf(clock, oidcAuthority));
    await app.acquireTokenByRefreshToken("rt", [api]);
    const [account] = await app.getAccounts();
    if (account === undefined) throw new Error("nobody is signed in");
    const hit = await app.acquireTokenSilent([api], account, { authority: `${oidcAuthority}/` });
    expect(hit).toMatchObject({ token_source: "cache" });
  });
});
