import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Account, PublicClientApplication, SerializableTokenCache } from "../../src/index.ts";
import { type AppWorld, publicApp } from "../support/apps.ts";
import type { ManualClock } from "../support/manual-clock.ts";
import { alice, authority, homeAccountId, host, tenantId, userTokens } from "../support/token-answers.ts";

const tokenEndpoint = "http://localhost:50342/oauth2/token";
const scopes = ["https://management.core.windows.net/.default"];
const inShell = { prompt: "none" };
const sshKey = { token_type: "ssh-cert", req_cnf: '{"kty":"RSA"}', key_id: "key-1" };

/** What the shell answers with: numbers as texts. */
function shellToken(clock: ManualClock, members: Readonly<Record<string, unknown>> = {}): object {
  const expiresOn = Math.floor(clock.now() / 1000) + 3600;
  return {
    access_token: "shell-token",
    refresh_token: "",
    expires_in: "3600",
    expires_on: String(expiresOn),
    not_before: "0",
    resource: "https://management.core.windows.net",
    token_type: "Bearer",
    ...members,
  };
}

const shellRefusal = { status: 400, json: { error: { code: "AudienceNotSupported", message: "Not that audience." } } };

interface ShellWorld extends AppWorld {
  readonly app: PublicClientApplication;
  readonly account: Account;
}

/** An application whose user the shell has signed in. */
async function signedInByShell(): Promise<ShellWorld> {
  const world = publicApp();
  world.provider.expect("POST", tokenEndpoint, { json: shellToken(world.clock) });
  await world.app.acquireTokenInteractive(scopes, inShell);
  const [account] = await world.app.getAccounts();
  if (account === undefined) throw new Error("The shell's user is not listed");
  return { ...world, account };
}

/** What the cache holds, by section. */
function sizes(cache: SerializableTokenCache): object {
  return { tokens: cache.find("AccessToken").length, accounts: cache.find("Account").length };
}

beforeEach(() => {
  vi.stubEnv("AZUREPS_HOST_ENVIRONMENT", "cloud-shell/1.0");
  return () => void vi.unstubAllEnvs();
});

describe("a sign-in without a page in an Azure Cloud Shell (B5.12)", () => {
  it("asks the shell for the resource of the scopes", async () => {
    const { app, provider, clock } = publicApp();
    provider.expect("POST", tokenEndpoint, { json: shellToken(clock) });
    const result = await app.acquireTokenInteractive(scopes, { ...inShell, correlationId: "a-call" });
    expect(provider.lastPost.form).toEqual({ resource: "https://management.core.windows.net" });
    expect(provider.lastPost.headers.get("metadata")).toBe("true");
    expect(provider.requests).toHaveLength(1);
    expect(result).toEqual({
      access_token: "shell-token",
      token_type: "Bearer",
      expires_in: 3600,
      scope: scopes[0],
      token_source: "identity_provider",
      correlation_id: "a-call",
      account: {
        homeAccountId: "user.cloudshell",
        environment: host,
        tenantId,
        localAccountId: "user",
        username: "currentuser@cloudshell",
        authorityType: "CLOUDSHELL",
      },
    });
  });

  it("files token and account as the other libraries do", async () => {
    const { cache } = await signedInByShell();
    const state: unknown = JSON.parse(cache.serialize());
    expect(state).toMatchObject({
      AccessToken: {
        [`user.cloudshell-${host}-accesstoken-6731de76-14a6-49ae-97bc-6eba6914391e-${tenantId}-${scopes[0]}`]: {
          secret: "shell-token",
          home_account_id: "user.cloudshell",
          target: scopes[0],
          token_type: "Bearer",
        },
      },
      Account: {
        [`user.cloudshell-${host}-${tenantId}`]: {
          home_account_id: "user.cloudshell",
          environment: host,
          realm: tenantId,
          local_account_id: "user",
          username: "currentuser@cloudshell",
          authority_type: "CLOUDSHELL",
        },
      },
    });
    expect(cache.find("RefreshToken")).toEqual([]);
    expect(cache.find("IdToken")).toEqual([]);
  });

  it("gives the shell's refusal in the words of ours", async () => {
    const { app, provider, cache } = publicApp();
    provider.expect("POST", tokenEndpoint, shellRefusal);
    expect(await app.acquireTokenInteractive(scopes, { ...inShell, correlationId: "a-call" })).toEqual({
      error: "AudienceNotSupported",
      error_description: "Not that audience.",
      correlation_id: "a-call",
    });
    expect(sizes(cache)).toEqual({ tokens: 0, accounts: 0 });
  });

  it.each([
    ["trouble", { status: 500, body: "oops" }, "server_error"],
    ["no JSON", { body: "oops" }, "invalid_response"],
    ["neither token nor refusal", { json: {} }, "invalid_response"],
    ["a refusal that says nothing", { status: 400, json: { error: {} } }, "invalid_response"],
  ])("throws for %s", async (_, answer, code) => {
    const { app, provider } = publicApp();
    provider.expect("POST", tokenEndpoint, answer);
    await expect(app.acquireTokenInteractive(scopes, inShell)).rejects.toMatchObject({ code });
  });

  it("asks for an SSH certificate, and takes no bearer token in its place", async () => {
    const { app, provider, clock } = publicApp();
    const certificates = ["https://pas.windows.net/CheckMyAccess/Linux/.default"];
    provider.expect("POST", tokenEndpoint, { json: shellToken(clock) });
    expect(await app.acquireTokenInteractive(certificates, { ...inShell, data: sshKey })).toMatchObject({
      error: "broker_error",
      error_description: 'This Cloud Shell gives no tokens of type "ssh-cert", but of type "Bearer".',
    });
    expect(provider.lastPost.form).toEqual({ ...sshKey, resource: certificates[0] });

    provider.expect("POST", tokenEndpoint, { json: shellToken(clock, { token_type: "ssh-cert" }) });
    expect(await app.acquireTokenInteractive(certificates, { ...inShell, data: sshKey })).toMatchObject({
      token_type: "ssh-cert",
    });
  });

  it.each([
    ["no scope", [], { code: "invalid_scopes" }],
    ["reserved scopes", ["openid"], { code: "invalid_scopes" }],
    ["scopes of two APIs", ["https://a.example/x", "https://b.example/y"], { code: "invalid_scopes" }],
  ])("refuses %s before it asks", async (_, wrong, error) => {
    const { app } = publicApp();
    await expect(app.acquireTokenInteractive(wrong, inShell)).rejects.toMatchObject(error);
  });

  it("needs both the shell and the prompt: any other way leads to the browser", async () => {
    const { app } = publicApp();
    const openBrowser = (): never => {
      throw new Error("The browser was opened");
    };
    const toBrowser = { openBrowser, onAuthUri: openBrowser };
    await expect(app.acquireTokenInteractive(scopes, { ...toBrowser, prompt: "login" })).rejects.toThrow(
      "The browser was opened",
    );
    vi.stubEnv("AZUREPS_HOST_ENVIRONMENT", "powershell");
    await expect(app.acquireTokenInteractive(scopes, { ...toBrowser, ...inShell })).rejects.toThrow(
      "The browser was opened",
    );
  });
});

describe("the shell's user afterwards (B5.12)", () => {
  it("gets tokens out of the cache", async () => {
    const { app, account } = await signedInByShell();
    expect(await app.acquireTokenSilent(scopes, account)).toMatchObject({ token_source: "cache", account });
  });

  it("gets others from the shell, which equal calls ask once", async () => {
    const { app, account, provider, clock } = await signedInByShell();
    provider.expect("POST", tokenEndpoint, { json: shellToken(clock, { access_token: "another" }) });
    const vault = ["https://vault.azure.net/.default"];
    const both = await Promise.all([app.acquireTokenSilent(vault, account), app.acquireTokenSilent(vault, account)]);
    expect(both).toMatchObject([{ access_token: "another" }, { access_token: "another" }]);
    expect(provider.lastPost.form).toEqual({ resource: "https://vault.azure.net" });
    expect(await app.acquireTokenSilent(vault, account)).toMatchObject({ token_source: "cache" });
  });

  it("gets a new token when the old one has ended, or is not wanted", async () => {
    const { app, account, provider, clock } = await signedInByShell();
    provider.expect("POST", tokenEndpoint, { json: shellToken(clock, { access_token: "forced" }) });
    const forced = await app.acquireTokenSilent(scopes, account, { forceRefresh: true });
    expect(forced).toMatchObject({ access_token: "forced", token_source: "identity_provider" });
    clock.advance(3600 * 1000);
    provider.expect("POST", tokenEndpoint, { json: shellToken(clock, { access_token: "renewed" }) });
    expect(await app.acquireTokenSilent(scopes, account)).toMatchObject({ access_token: "renewed" });
  });

  it("learns of a refusal", async () => {
    const { app, account, provider } = await signedInByShell();
    provider.expect("POST", tokenEndpoint, shellRefusal);
    expect(await app.acquireTokenSilentWithError(["https://odd.example/x"], account)).toMatchObject({
      error: "AudienceNotSupported",
      classification: "",
    });
  });

  it("stays signed out when that happens during a renewal", async () => {
    const { app, account, provider, clock, cache } = await signedInByShell();
    provider.expect("POST", tokenEndpoint, async () => {
      await app.removeAccount(account);
      return { json: shellToken(clock) };
    });
    expect(await app.acquireTokenSilent(["https://vault.azure.net/.default"], account)).toMatchObject({
      access_token: "shell-token",
    });
    expect(sizes(cache)).toEqual({ tokens: 0, accounts: 0 });
    expect(await app.getAccounts()).toEqual([]);
  });

  it("is neither listed nor renewed where the shell is not; a token that is left still serves", async () => {
    const { app, account, clock } = await signedInByShell();
    vi.stubEnv("AZUREPS_HOST_ENVIRONMENT", "");
    expect(await app.getAccounts()).toEqual([]);
    expect(await app.acquireTokenSilent(scopes, account)).toMatchObject({ token_source: "cache" });
    clock.advance(3600 * 1000);
    expect(await app.acquireTokenSilentWithError(scopes, account)).toBeNull();
  });

  it("is listed beside users who signed in otherwise", async () => {
    const { app, provider, clock } = await signedInByShell();
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenByRefreshToken("a-refresh-token", ["User.Read"]);
    const listed = await app.getAccounts();
    expect(listed.map((each) => each.homeAccountId)).toEqual(["user.cloudshell", homeAccountId(alice)]);
  });
});
