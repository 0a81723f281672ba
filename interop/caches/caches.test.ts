import {
  type Account,
  ConfidentialClientApplication,
  PublicClientApplication,
  SerializableTokenCache,
  type TokenResponse,
  unwrap,
} from "msal-ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type NodeDriver, startDriver } from "../msal-node/node-driver.ts";
import { pythonApp } from "../msal-python/python-app.ts";
import { skipsPython } from "../msal-python/python.ts";
import { known, type SecureEmulator, startSecureEmulator } from "../secure-emulator.ts";
import { nodeLibrary } from "./node-library.ts";
import { appScope, type Holding, type OtherLibrary, userScope } from "./other-library.ts";
import { pythonLibrary } from "./python-library.ts";
import { trustingFetch } from "./trusting-fetch.ts";

let secure: SecureEmulator;
let driver: NodeDriver;

beforeAll(async () => {
  secure = await startSecureEmulator();
  driver = startDriver(secure);
});

afterAll(async () => {
  await driver[Symbol.asyncDispose]();
  await secure[Symbol.asyncDispose]();
});

/** This library, with what another one wrote. */
interface Ours<App> {
  readonly app: App;
  readonly tokenCache: SerializableTokenCache;
}

function optionsOf(name: string, state: string | undefined) {
  const tokenCache = new SerializableTokenCache();
  tokenCache.deserialize(state);
  const authority = secure.emulator.authority();
  const { clientId } = secure.app(name);
  return { clientId, authority, tokenCache, fetch: trustingFetch(known(secure.emulator.ca, "CA")) };
}

function desktopApp(state?: string): Ours<PublicClientApplication> {
  const options = optionsOf("desktop", state);
  return { app: new PublicClientApplication(options), tokenCache: options.tokenCache };
}

function daemonApp(state?: string): Ours<ConfidentialClientApplication> {
  const options = optionsOf("daemon", state);
  const clientCredential = known(secure.app("daemon").secret, "secret");
  return { app: new ConfidentialClientApplication({ ...options, clientCredential }), tokenCache: options.tokenCache };
}

/** Alice's token by this library, silently. */
async function renew({ app }: Ours<PublicClientApplication>, forceRefresh = false): Promise<TokenResponse> {
  const result = await app.acquireTokenSilent([userScope], await onlyAccount(app), { forceRefresh });
  return known(result ?? undefined, "token");
}

async function onlyAccount(app: PublicClientApplication): Promise<Account> {
  const accounts = await app.getAccounts();
  expect(accounts.map(({ username }) => username)).toEqual([secure.user("alice").username]);
  return known(accounts[0], "account");
}

/** Signs Alice in with this library. */
async function signIn(): Promise<Holding> {
  const { app, tokenCache } = desktopApp();
  const openBrowser = async (url: string): Promise<void> => void (await secure.emulator.signIn(url, "alice"));
  const result = unwrap(await app.acquireTokenInteractive([userScope], { openBrowser }));
  return { token: known(result.access_token, "token"), state: tokenCache.serialize() };
}

/** How many requests of any kind the emulator got meanwhile. */
async function requestsOf(work: () => Promise<void>): Promise<number> {
  const before = secure.emulator.requests.length;
  await work();
  return secure.emulator.requests.length - before;
}

function sharesUsers(library: () => OtherLibrary): void {
  it("wrote a user whom ours finds, with a token that needs no request (B4.5)", async () => {
    const { state, token } = await library().signIn();
    const requests = await requestsOf(async () => {
      expect(await renew(desktopApp(state))).toMatchObject({ token_source: "cache", access_token: token });
    });
    expect(requests).toBe(0);
  });

  it("wrote a refresh token that ours renews with, and goes on with what ours wrote then (B4.5, B4.8)", async () => {
    const { state, token } = await library().signIn();
    const ours = desktopApp(state);
    const renewed = await renew(ours, true);
    expect(renewed).toMatchObject({ token_source: "identity_provider" });
    expect(renewed.access_token).not.toBe(token);
    const after = await library().renew(ours.tokenCache.serialize(), false);
    expect(after.token).toBe(renewed.access_token);
    expect((await library().renew(after.state, true)).token).not.toBe(renewed.access_token);
  });

  it("wrote a user of whom nothing stays when ours signs out (B4.10)", async () => {
    const { state } = await library().signIn();
    const { app, tokenCache } = desktopApp(state);
    await app.removeAccount(await onlyAccount(app));
    const left: unknown = JSON.parse(tokenCache.serialize());
    expect(left).toMatchObject({ AccessToken: {}, RefreshToken: {}, IdToken: {}, Account: {} });
    expect(JSON.stringify(left)).not.toContain(secure.user("alice").oid);
  });

  it("reads a user whom ours wrote, with a token that needs no request for tokens", async () => {
    const { state, token } = await signIn();
    const before = secure.grants();
    expect((await library().renew(state, false)).token).toBe(token);
    expect(secure.grants()).toEqual(before);
  });

  it("reads a refresh token that ours wrote, and ours reads what it wrote then", async () => {
    const { state, token } = await signIn();
    const renewed = await library().renew(state, true);
    expect(renewed.token).not.toBe(token);
    expect(await renew(desktopApp(renewed.state))).toMatchObject({
      token_source: "cache",
      access_token: renewed.token,
    });
  });

  it("wrote an application's token that ours finds without a request", async () => {
    const { state, token } = await library().getAppToken();
    const { app } = daemonApp(state);
    const requests = await requestsOf(async () => {
      const held = unwrap(await app.acquireTokenForClient([appScope]));
      expect(held).toMatchObject({ token_source: "cache", access_token: token });
      expect(await app.acquireTokenSilent([appScope], null)).toMatchObject({ access_token: token });
    });
    expect(requests).toBe(0);
  });
}

describe.skipIf(skipsPython())("MSAL Python's cache and ours: MSAL Python", () => {
  sharesUsers(() => pythonLibrary(secure));

  it("reads an application's token that ours wrote", async () => {
    const { app, tokenCache } = daemonApp();
    const { access_token: token } = unwrap(await app.acquireTokenForClient([appScope]));
    const before = secure.grants();
    const python = pythonApp(secure, "daemon", { cache: tokenCache.serialize() });
    const held = await python.call("acquire_token_silent", { scopes: [appScope], account: null });
    expect(held["access_token"]).toBe(token);
    expect(secure.grants()).toEqual(before);
  });
});

describe("msal-node's cache and ours: msal-node", () => {
  sharesUsers(() => nodeLibrary(driver));
});
