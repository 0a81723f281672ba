import { type AuthorityShape, type Emulator, startEmulator } from "@msal-ts/emulator";
import {
  type Account,
  ConfidentialClientApplication,
  PublicClientApplication,
  SerializableTokenCache,
  unwrap,
} from "msal-ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aliceOf, appOf } from "./demo/scenarios/app-of.ts";

const scopes = ["api://orders/Orders.Read"];
const redirectUri = "http://localhost:1/callback";

/** Every kind of server, at the addresses that it has in production. */
const kinds: readonly (AuthorityShape & { readonly environment: string; readonly authorityType?: string })[] = [
  { kind: "adfs", host: "fs.contoso.example:8443", environment: "fs.contoso.example", authorityType: "ADFS" },
  { kind: "b2c", host: "contoso.b2clogin.com", environment: "contoso.b2clogin.com" },
  { kind: "b2c", host: "login.contoso.example", policy: "B2C_1A_own", environment: "login.contoso.example" },
  { kind: "ciam", environment: "contoso.ciamlogin.com" },
  { kind: "dsts", host: "dsts.contoso.example", environment: "dsts.contoso.example" },
  { kind: "entra", host: "login.chinacloudapi.cn", environment: "login.chinacloudapi.cn" },
];

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

interface Desk {
  readonly app: ConfidentialClientApplication;
  readonly cache: SerializableTokenCache;
  readonly account: Account;
  readonly requests: () => string[];
}

/** Signs Alice in by code at a web app. */
async function signIn(authority: string): Promise<Desk> {
  const { clientId, secret: clientCredential } = appOf(emulator, "web");
  const cache = new SerializableTokenCache();
  const options = { authority, fetch: emulator.fetch, validateIdToken: "signature", tokenCache: cache } as const;
  const app = new ConfidentialClientApplication({ clientId, clientCredential, ...options });
  const flow = await app.initiateAuthCodeFlow(scopes, { redirectUri });
  const { parameters } = await emulator.signIn(flow.auth_uri, "alice", { deliver: false });
  unwrap(await app.acquireTokenByAuthCodeFlow(flow, parameters));
  const [account] = await app.getAccounts();
  if (account === undefined) throw new Error("nobody is signed in");
  const before = emulator.requests.length;
  return { app, cache, account, requests: () => emulator.requests.slice(before).map(({ endpoint }) => endpoint) };
}

describe.each(kinds)("a web app at $kind $host", ({ environment, authorityType = "MSSTS", ...shape }) => {
  it("signs in by code, answers from the cache, renews, and signs out", async () => {
    const { app, cache, account, requests } = await signIn(emulator.authority(shape));
    expect(account).toMatchObject({ environment, authorityType, username: aliceOf(emulator).username });
    expect(await app.acquireTokenSilent(scopes, account)).toMatchObject({ token_source: "cache" });
    expect(requests()).toEqual([]);
    const renewed = await app.acquireTokenSilent(scopes, account, { forceRefresh: true });
    expect(renewed).toMatchObject({ token_source: "identity_provider" });
    expect(await app.acquireTokenSilent(scopes, account)).toMatchObject({ access_token: renewed?.access_token });
    expect(requests()).toEqual(["token"]);
    expect(await app.getAccounts()).toEqual([account]);
    await app.removeAccount(account);
    expect(await app.getAccounts()).toEqual([]);
    for (const type of ["AccessToken", "RefreshToken", "IdToken", "Account"] as const)
      expect(cache.find(type)).toEqual([]);
  });

  it("gets tokens for itself", async () => {
    const { clientId, secret: clientCredential } = appOf(emulator, "daemon");
    const options = { authority: emulator.authority(shape), fetch: emulator.fetch };
    const app = new ConfidentialClientApplication({ clientId, clientCredential, ...options });
    unwrap(await app.acquireTokenForClient(["api://orders/.default"]));
    expect(await app.acquireTokenForClient(["api://orders/.default"])).toMatchObject({ token_source: "cache" });
  });

  it("takes name and password, and asks nobody else about the user", async () => {
    const { clientId } = appOf(emulator, "desktop");
    const { username, password } = aliceOf(emulator);
    const app = new PublicClientApplication({ clientId, authority: emulator.authority(shape), fetch: emulator.fetch });
    const before = emulator.requests.length;
    const result = unwrap(await app.acquireTokenByUsernamePassword(username, password, scopes));
    expect(result.account?.username).toBe(username);
    const asked = emulator.requests.slice(before).filter(({ path }) => path.includes("userrealm"));
    expect(asked.length > 0).toBe(shape.kind === "entra");
    expect(await app.acquireTokenByUsernamePassword(username, "wrong", scopes)).toMatchObject({
      error: "invalid_grant",
    });
  });
});

describe("what the kinds have of their own", () => {
  it("a device signs in at ADFS on this machine, over plain http", async () => {
    const { clientId } = appOf(emulator, "desktop");
    const app = new PublicClientApplication({ clientId, authority: emulator.authority({ kind: "adfs" }) });
    const flow = await app.initiateDeviceFlow(scopes);
    await emulator.signIn(flow.verification_uri, "alice", { userCode: flow.user_code });
    unwrap(await app.acquireTokenByDeviceFlow(flow));
    expect(await app.getAccounts()).toMatchObject([{ authorityType: "ADFS", environment: "localhost" }]);
  });

  it("two policies of one B2C tenant have two accounts, whose tokens are only good at their own", async () => {
    const at = (policy: string): string => emulator.authority({ kind: "b2c", host: "contoso.b2clogin.com", policy });
    const { app, account } = await signIn(at("b2c_1_signin"));
    expect(account.homeAccountId).toContain("-b2c_1_signin.");
    const options = { authority: at("b2c_1_edit"), forceRefresh: true };
    const refused = await app.acquireTokenSilentWithError(scopes, account, options);
    expect(refused).toMatchObject({ error: "invalid_grant" });
    expect(JSON.stringify(refused)).toContain("AADB2C90088");
  });

  it("B2C answers after tfp, with the policy in its issuer", async () => {
    const authority = "https://contoso.b2clogin.com/tfp/contoso.onmicrosoft.com/b2c_1_signin";
    const { app, account } = await signIn(authority);
    expect(await app.acquireTokenSilent(scopes, account)).toMatchObject({ token_source: "cache" });
  });

  it("External ID needs no path", async () => {
    const { account } = await signIn("https://contoso.ciamlogin.com");
    expect(account.tenantId).toBe(emulator.tenants[0]?.id);
  });

  it("External ID behind a domain of its own is an oidcAuthority with the tenant's id", async () => {
    const { clientId } = appOf(emulator, "desktop");
    const id = emulator.tenants[0]?.id ?? "";
    const oidcAuthority = `https://login.contoso.example/${id}/v2.0`;
    const app = new PublicClientApplication({ clientId, oidcAuthority, fetch: emulator.fetch });
    const configuration = await emulator.fetch(
      `${emulator.authority({ kind: "ciam" })}/v2.0/.well-known/openid-configuration`,
    );
    emulator.next("openid-configuration", { json: await configuration.json() });
    const flow = await app.initiateAuthCodeFlow(scopes, { redirectUri: "http://localhost" });
    const { parameters } = await emulator.signIn(flow.auth_uri, "alice", { deliver: false });
    expect(await app.acquireTokenByAuthCodeFlow(flow, parameters)).toHaveProperty("access_token");
  });

  it("a server that answers for another is refused before anything is sent to it", async () => {
    const { clientId } = appOf(emulator, "desktop");
    const authority = emulator.authority({ kind: "adfs", host: "fs.contoso.example" });
    const app = new PublicClientApplication({ clientId, authority, fetch: emulator.fetch });
    const foreign = await emulator.fetch(
      `${emulator.authority({ kind: "adfs", host: "fs.evil.example" })}/.well-known/openid-configuration`,
    );
    emulator.next("openid-configuration", { json: await foreign.json() });
    const before = emulator.requests.length;
    const { username, password } = aliceOf(emulator);
    await expect(app.acquireTokenByUsernamePassword(username, password, scopes)).rejects.toMatchObject({
      code: "issuer_mismatch",
    });
    expect(emulator.requests.slice(before).map(({ endpoint }) => endpoint)).toEqual(["openid-configuration"]);
  });
});
