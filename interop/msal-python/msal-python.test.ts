import { defaultTenants, type EmulatorOptions, type FederationConfig, type TenantConfig } from "@msal-ts/emulator";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isRecord } from "../is-record.ts";
import { announceSkip } from "../must-skip.ts";
import { known, type SecureEmulator, startSecureEmulator } from "../secure-emulator.ts";
import { type PythonApp, pythonApp } from "./python-app.ts";
import { skipsPython } from "./python.ts";

const alice = "alice@contoso.onmicrosoft.com";
const redirectUri = "http://localhost:1/callback";
const scopes = ["User.Read"];
const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

describe.skipIf(skipsPython())("MSAL Python against the emulator", () => {
  let secure: SecureEmulator;

  beforeAll(async () => {
    secure = await startSecureEmulator();
  });

  afterAll(() => secure[Symbol.asyncDispose]());

  beforeEach(() => void (secure.emulator.requests.length = 0));

  async function signIn(app: PythonApp): Promise<Readonly<Record<string, unknown>>> {
    const flow = await app.call("initiate_auth_code_flow", { scopes, redirect_uri: redirectUri });
    const { parameters } = await secure.emulator.signIn(String(flow["auth_uri"]), "alice");
    return app.call("acquire_token_by_auth_code_flow", { auth_code_flow: flow, auth_response: parameters });
  }

  describe("client credentials", () => {
    const appScopes = ["api://orders/.default"];

    it("come with a secret, and silently from its cache", async () => {
      const app = pythonApp(secure, "daemon");
      const result = await app.call("acquire_token_for_client", { scopes: appScopes });
      expect(result).toMatchObject({ token_type: "Bearer", access_token: matching(/^ey/) });
      const held = await app.call("acquire_token_silent", { scopes: appScopes, account: null });
      expect(held["access_token"]).toBe(result["access_token"]);
      expect(secure.grants()).toEqual(["client_credentials"]);
    });

    it("come with a certificate by its thumbprint, padded as MSAL Python writes it", async () => {
      const { privateKey, thumbprint } = known(secure.app("daemon").certificate, "certificate");
      const app = pythonApp(secure, "daemon", { credential: { private_key: privateKey, thumbprint } });
      const result = await app.call("acquire_token_for_client", { scopes: appScopes });
      expect(result).toMatchObject({ access_token: matching(/^ey/) });
    });

    it("come with a certificate sent along (x5c)", async () => {
      const { privateKey, thumbprint, certificate } = known(secure.app("daemon").certificate, "certificate");
      const credential = { private_key: privateKey, thumbprint, public_certificate: certificate };
      const app = pythonApp(secure, "daemon", { credential });
      const result = await app.call("acquire_token_for_client", { scopes: appScopes });
      expect(result).toMatchObject({ access_token: matching(/^ey/) });
    });

    it("are refused for a wrong secret with Entra's number", async () => {
      const app = pythonApp(secure, "daemon", { credential: "not the secret" });
      const result = await app.call("acquire_token_for_client", { scopes: appScopes });
      expect(result).toMatchObject({ error: "invalid_client", error_codes: [7000215] });
    });
  });

  describe("a user", () => {
    it("signs in to a web application by authorization code", async () => {
      const result = await signIn(pythonApp(secure, "web"));
      expect(result).toMatchObject({ access_token: matching(/^ey/), refresh_token: matching(/./) });
      expect(result["id_token_claims"]).toMatchObject({ preferred_username: alice, oid: secure.user("alice").oid });
      expect(secure.grants()).toEqual(["authorization_code"]);
    });

    it("signs in with an authority that ends in a slash, which MSAL Python doubles", async () => {
      const app = pythonApp(secure, "web", { authority: `${secure.emulator.authority()}/` });
      expect(await signIn(app)).toMatchObject({ access_token: matching(/^ey/) });
      expect(secure.emulator.requests.some(({ path }) => path.includes("//"))).toBe(true);
    });

    it("signs in under common, and gets tokens of the own tenant", async () => {
      const app = pythonApp(secure, "web", { authority: secure.emulator.authority("common") });
      const { id_token_claims: claims } = await signIn(app);
      expect(claims).toMatchObject({ tid: secure.user("alice").tenantId });
    });

    it("signs in by device code", async () => {
      const app = pythonApp(secure, "desktop");
      const flow = await app.call("initiate_device_flow", { scopes });
      const userCode = String(flow["user_code"]);
      await secure.emulator.signIn(String(flow["verification_uri"]), "alice", { userCode });
      const result = await app.call("acquire_token_by_device_flow", { flow });
      expect(result["id_token_claims"]).toMatchObject({ preferred_username: alice });
      expect(secure.grants()).toEqual([deviceGrant]);
    });

    it("is refused by the device's page, which MSAL Python learns as an error", async () => {
      const app = pythonApp(secure, "desktop");
      const flow = await app.call("initiate_device_flow", { scopes });
      const userCode = String(flow["user_code"]);
      const visit = secure.emulator.signIn(String(flow["verification_uri"]), "alice", { userCode, decline: true });
      expect(await visit).toMatchObject({ declined: true });
      const result = await app.call("acquire_token_by_device_flow", { flow });
      expect(result).toMatchObject({ error: "authorization_declined", error_codes: [65004] });
    });
  });

  describe("a refresh", () => {
    it("is silent, from the cache first and then by the refresh token", async () => {
      const app = pythonApp(secure, "web");
      const first = await signIn(app);
      const held = await app.call("acquire_token_silent", { scopes }, alice);
      expect(held["access_token"]).toBe(first["access_token"]);
      const renewed = await app.call("acquire_token_silent", { scopes, force_refresh: true }, alice);
      expect(renewed["access_token"]).not.toBe(first["access_token"]);
      expect(secure.grants()).toEqual(["authorization_code", "refresh_token"]);
    });

    it("takes over a refresh token from elsewhere", async () => {
      const first = await signIn(pythonApp(secure, "web"));
      const parameters = { refresh_token: first["refresh_token"], scopes };
      const result = await pythonApp(secure, "web").call("acquire_token_by_refresh_token", parameters);
      expect(result["id_token_claims"]).toMatchObject({ preferred_username: alice });
    });

    it("is refused after the user's sessions were revoked", async () => {
      const app = pythonApp(secure, "web");
      await signIn(app);
      secure.emulator.revokeSessions("alice");
      const result = await app.call("acquire_token_silent_with_error", { scopes, force_refresh: true }, alice);
      expect(result).toMatchObject({ error: "invalid_grant", error_codes: [50173] });
    });
  });

  describe("on behalf of", () => {
    it("gives an API a token for the next one", async () => {
      const desktop = pythonApp(secure, "desktop");
      const flow = await desktop.call("initiate_device_flow", { scopes: ["api://orders/Orders.Read"] });
      const userCode = String(flow["user_code"]);
      await secure.emulator.signIn(String(flow["verification_uri"]), "alice", { userCode });
      const { access_token: user_assertion } = await desktop.call("acquire_token_by_device_flow", { flow });
      const result = await pythonApp(secure, "api").call("acquire_token_on_behalf_of", { user_assertion, scopes });
      expect(result["id_token_claims"]).toMatchObject({ preferred_username: alice });
      expect(String(result["scope"])).toContain("User.Read");
      expect(secure.grants().at(-1)).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
    });
  });

  // MSAL Python drops the port when it asks for the user realm, and only it does so.
  describe("a user signs in by password, the user realm asked at port 443,", () => {
    it("where Entra ID keeps it", async (context) => {
      await using secure443 = await startAtStandardPort();
      if (secure443 === undefined) return context.skip();
      const result = await signInByPassword(secure443, "alice");
      expect(result["id_token_claims"]).toMatchObject({ preferred_username: alice });
      expect(secure443.emulator.requests.map(({ endpoint }) => endpoint)).toContain("userrealm");
    });

    it.for(["1.1", "2.0"] as const)(
      "where a federated identity provider keeps it, by SAML %s",
      async (saml, context) => {
        await using secure443 = await startAtStandardPort({ tenants: tenantsWith({ saml }) });
        if (secure443 === undefined) return context.skip();
        const result = await signInByPassword(secure443, "fay");
        expect(result["id_token_claims"]).toMatchObject({ preferred_username: "fay@federated.contoso.com" });
        const grant = saml === "1.1" ? "saml1_1-bearer" : "saml2-bearer";
        expect(secure443.grants()).toEqual([`urn:ietf:params:oauth:grant-type:${grant}`]);
        const asked = secure443.emulator.requests.map(({ endpoint }) => endpoint);
        expect(asked.slice(-4)).toEqual(["userrealm", "mex", "wstrust", "token"]);
      },
    );

    it("where a federated identity provider keeps it that knows WS-Trust 2005 alone", async (context) => {
      await using secure443 = await startAtStandardPort({ tenants: tenantsWith({ versions: ["2005"] }) });
      if (secure443 === undefined) return context.skip();
      const result = await signInByPassword(secure443, "fay");
      expect(result["id_token_claims"]).toMatchObject({ preferred_username: "fay@federated.contoso.com" });
    });
  });
});

/** Undefined where the port is not to be had: then there is nothing to test. */
async function startAtStandardPort(options: EmulatorOptions = {}): Promise<SecureEmulator | undefined> {
  return startSecureEmulator({ ...options, extraPorts: [443] }).catch((error: unknown) => {
    if (!isRecord(error) || (error["code"] !== "EACCES" && error["code"] !== "EADDRINUSE")) throw error;
    announceSkip(`Port 443, where MSAL Python asks, is not to be had (${error["code"]}).`);
    return undefined;
  });
}

function tenantsWith(federation: Partial<FederationConfig>): TenantConfig[] {
  return defaultTenants.map((tenant) =>
    tenant.federation === undefined ? tenant : { ...tenant, federation: { ...tenant.federation, ...federation } },
  );
}

function signInByPassword(secure: SecureEmulator, name: string): Promise<Readonly<Record<string, unknown>>> {
  const { username, password } = secure.user(name);
  const app = pythonApp(secure, "desktop");
  return app.call("acquire_token_by_username_password", { username, password, scopes });
}

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
