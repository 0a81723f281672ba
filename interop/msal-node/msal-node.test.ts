import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isRecord } from "../is-record.ts";
import { known, type SecureEmulator, startSecureEmulator } from "../secure-emulator.ts";
import { type NodeApp, nodeApp } from "./node-app.ts";
import { type NodeDriver, startDriver } from "./node-driver.ts";

const alice = "alice@contoso.onmicrosoft.com";
const redirectUri = "http://localhost:1/callback";
const scopes = ["User.Read"];

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

beforeEach(() => void (secure.emulator.requests.length = 0));

async function signIn(app: NodeApp): Promise<unknown> {
  const codeVerifier = randomBytes(32).toString("base64url");
  const codeChallenge = createHash("sha256").update(codeVerifier).digest("base64url");
  const request = { scopes, redirectUri, state: "the state", nonce: "the nonce", loginHint: alice };
  const url = await app.call("getAuthCodeUrl", { ...request, codeChallenge, codeChallengeMethod: "S256" });
  const { parameters } = await secure.emulator.signIn(String(url), "alice");
  const redemption = { ...request, codeVerifier, code: parameters["code"] };
  return app.call("acquireTokenByCode", redemption, { payload: { ...parameters, nonce: "the nonce" } });
}

describe("client credentials for msal-node", () => {
  const appScopes = ["api://orders/.default"];

  it("come with a secret, and the second time from its cache", async () => {
    const app = nodeApp(driver, "daemon");
    const first = await app.call("acquireTokenByClientCredential", { scopes: appScopes });
    expect(first).toMatchObject({ fromCache: false, tokenType: "Bearer", accessToken: matching(/^ey/) });
    const second = await app.call("acquireTokenByClientCredential", { scopes: appScopes });
    expect(second).toMatchObject({ fromCache: true, accessToken: tokenOf(first) });
    expect(secure.grants()).toEqual(["client_credentials"]);
  });

  it.each(["SHA-1", "SHA-256", "SHA-256 with x5c"])("come with a certificate: %s", async (names) => {
    const { privateKey, certificate, ...own } = known(secure.app("daemon").certificate, "certificate");
    const clientCertificate = {
      privateKey,
      ...(names === "SHA-1" ? { thumbprint: own.thumbprint } : { thumbprintSha256: own.thumbprintSha256 }),
      ...(names.endsWith("x5c") && { x5c: certificate }),
    };
    const app = nodeApp(driver, "daemon", { credential: { clientCertificate } });
    const result = await app.call("acquireTokenByClientCredential", { scopes: appScopes });
    expect(result).toMatchObject({ accessToken: matching(/^ey/) });
  });

  it("are refused for a wrong secret with Entra's number", async () => {
    const app = nodeApp(driver, "daemon", { credential: { clientSecret: "not the secret" } });
    const call = app.call("acquireTokenByClientCredential", { scopes: appScopes });
    await expect(call).rejects.toMatchObject({ errorCode: "invalid_client", errorNo: 7_000_215 });
  });
});

describe("a user of msal-node", () => {
  it("signs in to a web application by authorization code", async () => {
    const result = await signIn(nodeApp(driver, "web"));
    expect(result).toMatchObject({ account: { username: alice }, accessToken: matching(/^ey/), fromCache: false });
    expect(secure.grants()).toEqual(["authorization_code"]);
  });

  it("signs in through msal-node's own loopback port, which takes form_post", async () => {
    const result = await nodeApp(driver, "desktop").call("acquireTokenInteractive", { scopes });
    expect(result).toMatchObject({ account: { username: alice }, accessToken: matching(/^ey/) });
    const page = secure.emulator.requests.find(({ endpoint }) => endpoint === "authorize");
    expect(page?.query["response_mode"]).toBe("form_post");
  });

  it("signs in by device code", async () => {
    const result = await nodeApp(driver, "desktop").call("acquireTokenByDeviceCode", { scopes });
    expect(result).toMatchObject({ account: { username: alice }, accessToken: matching(/^ey/) });
    expect(secure.grants()).toContain("device_code");
  });
});

describe("a refresh by msal-node", () => {
  it("is silent, from the cache first and then by the refresh token", async () => {
    const app = nodeApp(driver, "web");
    const first = await signIn(app);
    const held = await app.call("acquireTokenSilent", { scopes }, { account: alice });
    expect(held).toMatchObject({ fromCache: true, accessToken: tokenOf(first) });
    const renewed = await app.call("acquireTokenSilent", { scopes, forceRefresh: true }, { account: alice });
    expect(renewed).toMatchObject({ fromCache: false, account: { username: alice } });
    expect(tokenOf(renewed)).not.toBe(tokenOf(first));
    expect(secure.grants()).toEqual(["authorization_code", "refresh_token"]);
  });

  it("is refused after the user's sessions were revoked, and asks for interaction", async () => {
    const app = nodeApp(driver, "web");
    await signIn(app);
    secure.emulator.revokeSessions("alice");
    const call = app.call("acquireTokenSilent", { scopes, forceRefresh: true }, { account: alice });
    await expect(call).rejects.toMatchObject({ errorCode: "invalid_grant", errorNo: 50_173 });
  });
});

describe("on behalf of, with msal-node", () => {
  it("gives an API a token for the next one", async () => {
    const desktop = nodeApp(driver, "desktop");
    const presented = await desktop.call("acquireTokenInteractive", { scopes: ["api://orders/Orders.Read"] });
    const request = { oboAssertion: tokenOf(presented), scopes };
    const result = await nodeApp(driver, "api").call("acquireTokenOnBehalfOf", request);
    expect(result).toMatchObject({ account: { username: alice }, fromCache: false });
    expect(secure.grants().at(-1)).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
  });
});

function tokenOf(result: unknown): unknown {
  return isRecord(result) ? result["accessToken"] : undefined;
}

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
