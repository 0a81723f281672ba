import { ConfidentialClientApplication, MsalError, PublicClientApplication, type TokenResponse, unwrap } from "msal-ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Arrival, signIn } from "./browser.ts";
import { afterLogout, redirectUri, type RunningProvider, startProvider, user } from "./provider.ts";

let provider: RunningProvider;

beforeAll(async () => {
  provider = await startProvider();
});

afterAll(() => provider[Symbol.asyncDispose]());

function webApp(clientCredential = provider.web.clientSecret): ConfidentialClientApplication {
  const { clientId } = provider.web;
  const options = { oidcAuthority: provider.issuer, validateIdToken: "signature" } as const;
  return new ConfidentialClientApplication({ clientId, clientCredential, ...options });
}

async function signInTo(app: ConfidentialClientApplication): Promise<{ arrival: Arrival; result: TokenResponse }> {
  const flow = await app.initiateAuthCodeFlow(["orders.read"], { redirectUri, maxAge: 600 });
  const arrival = await signIn(provider, flow.auth_uri);
  return { arrival, result: unwrap(await app.acquireTokenByAuthCodeFlow(flow, arrival.parameters)) };
}

/** What the provider itself says of an access token. */
async function userInfo(accessToken: string | undefined): Promise<{ status: number; body: unknown }> {
  const url = `${provider.issuer}/oauth2/userinfo`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } });
  return { status: response.status, body: await response.json() };
}

describe("client credentials from Better Auth", () => {
  it("come with a secret, and the second time from the cache (B5.7)", async () => {
    const app = webApp();
    const first = unwrap(await app.acquireTokenForClient(["orders.read"]));
    expect(first).toMatchObject({ token_source: "identity_provider", token_type: "Bearer", scope: "orders.read" });
    const second = unwrap(await app.acquireTokenForClient(["orders.read"]));
    expect(second).toMatchObject({ token_source: "cache", access_token: first.access_token });
  });

  it("are refused for a wrong secret, as a value with the provider's own error", async () => {
    expect(await webApp("not the secret").acquireTokenForClient(["orders.read"])).toMatchObject({
      error: "invalid_client",
    });
  });
});

describe("authorization code from Better Auth", () => {
  it("signs a user in, issuer and signature checked (B5.1, B5.3; RFC 9207)", async () => {
    const app = webApp();
    const { arrival, result } = await signInTo(app);
    expect(arrival.parameters["iss"]).toBe(provider.issuer);
    expect(result.id_token_claims).toMatchObject({ iss: provider.issuer, aud: provider.web.clientId });
    // It keeps to the letter of OpenID Connect Core, section 5.4: names come from its userinfo endpoint alone.
    expect(result.account).toMatchObject({ homeAccountId: result.id_token_claims?.sub, username: "" });
    expect(await app.getAccounts()).toEqual([result.account]);
    expect(await userInfo(result.access_token)).toMatchObject({
      status: 200,
      body: { name: user.name },
    });
  });

  it("signs a user in to a public client (B5.1)", async () => {
    const { clientId } = provider.desktop;
    const app = new PublicClientApplication({ clientId, oidcAuthority: provider.issuer, validateIdToken: "signature" });
    const flow = await app.initiateAuthCodeFlow(["orders.read"], { redirectUri: "http://localhost:1/" });
    const { parameters } = await signIn(provider, flow.auth_uri);
    const result = unwrap(await app.acquireTokenByAuthCodeFlow(flow, parameters));
    expect(await userInfo(result.access_token)).toMatchObject({ body: { name: user.name } });
  });

  it("is refused without the flow's verifier", async () => {
    const app = webApp();
    const flow = await app.initiateAuthCodeFlow(["orders.read"], { redirectUri });
    const { parameters } = await signIn(provider, flow.auth_uri);
    const forged = { ...flow, code_verifier: "x".repeat(43) };
    expect(await app.acquireTokenByAuthCodeFlow(forged, parameters)).toHaveProperty("error");
    expect(await app.getAccounts()).toEqual([]);
  });

  it("is refused from another issuer (RFC 9207)", async () => {
    const app = webApp();
    const flow = await app.initiateAuthCodeFlow(["orders.read"], { redirectUri });
    const { parameters } = await signIn(provider, flow.auth_uri);
    const mixedUp = { ...parameters, iss: "https://another.example" };
    const failure = await app.acquireTokenByAuthCodeFlow(flow, mixedUp).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MsalError);
    expect(failure).toMatchObject({ code: "issuer_mismatch" });
  });
});

describe("refresh by Better Auth", () => {
  it("renews silently, and goes on with the refresh token of each answer, since the old one is void (B4.8, B5.10)", async () => {
    const app = webApp();
    const { result } = await signInTo(app);
    const account = result.account ?? null;
    const held = await app.acquireTokenSilent(["orders.read"], account);
    expect(held).toMatchObject({ token_source: "cache", access_token: result.access_token });
    let last = result.access_token;
    for (let turns = 0; turns < 3; turns++) {
      const renewed = await app.acquireTokenSilent(["orders.read"], account, { forceRefresh: true });
      expect(renewed).toMatchObject({ token_source: "identity_provider" });
      expect(renewed?.access_token).not.toBe(last);
      last = renewed?.access_token;
    }
    expect(await userInfo(last)).toMatchObject({ status: 200 });
  });

  it("takes over a refresh token from elsewhere (B5.9)", async () => {
    const { result } = await signInTo(webApp());
    const app = webApp();
    const migrated = unwrap(await app.acquireTokenByRefreshToken(result.refresh_token ?? "", ["orders.read"]));
    expect(migrated.account).toEqual(result.account);
  });
});

describe("sign-out from Better Auth", () => {
  it("ends the provider's session with the id token, and nothing of the user stays with the application (B4.10)", async () => {
    const app = webApp();
    const { arrival, result } = await signInTo(app);
    const discovery = await fetch(`${provider.issuer}/.well-known/openid-configuration`);
    const { end_session_endpoint } = (await discovery.json()) as { end_session_endpoint: string };
    const url = new URL(end_session_endpoint);
    url.search = new URLSearchParams({
      id_token_hint: result.id_token ?? "",
      client_id: provider.web.clientId,
      post_logout_redirect_uri: afterLogout,
    }).toString();
    const response = await fetch(url, { redirect: "manual", headers: { cookie: arrival.cookie } });
    expect(response.headers.get("location") ?? (await response.text())).toContain(afterLogout);

    const [account] = await app.getAccounts();
    if (account === undefined) throw new Error("Nobody is signed in.");
    await app.removeAccount(account);
    expect(await app.getAccounts()).toEqual([]);
    expect(await app.acquireTokenSilent(["orders.read"], account)).toBeNull();
  });
});
