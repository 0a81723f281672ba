import { createPublicKey } from "node:crypto";
import { type EmulatorApp, startEmulator } from "@msal-ts/emulator";
import {
  type AuthCodeFlow,
  type ClientApplication,
  type ClientCredential,
  ConfidentialClientApplication,
  MsalError,
  Prompt,
  PublicClientApplication,
  type TokenResponse,
  unwrap,
} from "msal-ts";
import type { ClientMetadata } from "oidc-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Arrival, openBrowser } from "./browser.ts";
import { type RunningProvider, startProvider } from "./provider.ts";

const secret = "a secret of the web application";
const redirectUri = "https://web.contoso.example/auth/callback";

let provider: RunningProvider;
let certificates: Pick<EmulatorApp, "certificate" | "ecCertificate"> = {};

beforeAll(async () => {
  // The emulator makes certificates as an app registration holds them; nothing else of it is used.
  await using emulator = await startEmulator();
  certificates = emulator.apps["daemon"] ?? {};
  provider = await startProvider([...clients(), ...certifiedClients()]);
});

afterAll(() => provider[Symbol.asyncDispose]());

function clients(): ClientMetadata[] {
  const grant_types = ["authorization_code", "refresh_token", "client_credentials"];
  const web = { client_secret: secret, token_endpoint_auth_method: "client_secret_post", grant_types } as const;
  return [
    { client_id: "web", redirect_uris: [redirectUri], ...web },
    { client_id: "web-ec", redirect_uris: [redirectUri], id_token_signed_response_alg: "ES256", ...web },
    {
      client_id: "desktop",
      application_type: "native",
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
      redirect_uris: ["http://localhost"],
    },
  ];
}

/** Daemons that prove themselves with a key; the provider knows the public half only. */
function certifiedClients(): ClientMetadata[] {
  return Object.entries(daemons()).map(([client_id, { certificate, alg }]) => ({
    client_id,
    grant_types: ["client_credentials"],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: alg,
    jwks: { keys: [createPublicKey(certificate.certificate).export({ format: "jwk" })] },
  })) as ClientMetadata[];
}

function daemons() {
  const { certificate, ecCertificate } = certificates;
  if (certificate === undefined || ecCertificate === undefined) throw new Error("The daemon has no certificates.");
  return {
    "daemon-sha1": { certificate, alg: "RS256", credential: sha1Credential(certificate) },
    "daemon-rsa": { certificate, alg: "PS256", credential: fullCredential(certificate) },
    "daemon-ec": { certificate: ecCertificate, alg: "ES256", credential: fullCredential(ecCertificate) },
  } as const;
}

type Certificate = NonNullable<EmulatorApp["certificate"]>;

function sha1Credential({ privateKey, thumbprint }: Certificate): ClientCredential {
  return { privateKey, thumbprint };
}

function fullCredential({ privateKey, certificate }: Certificate): ClientCredential {
  return { privateKey, publicCertificate: certificate };
}

function webApp(clientId = "web", clientCredential: ClientCredential = secret): ConfidentialClientApplication {
  return new ConfidentialClientApplication({
    clientId,
    clientCredential,
    oidcAuthority: provider.issuer,
    validateIdToken: "signature",
  });
}

function desktopApp(options: { excludeScopes?: string[] } = {}): PublicClientApplication {
  const shared = { oidcAuthority: provider.issuer, validateIdToken: "signature" } as const;
  return new PublicClientApplication({ clientId: "desktop", ...shared, ...options });
}

interface SignedIn {
  readonly flow: AuthCodeFlow;
  readonly arrival: Arrival;
  readonly result: TokenResponse;
}

/** The provider gives a refresh token for consent asked for in so many words. */
async function signIn(app: ClientApplication, responseMode?: "query" | "form_post"): Promise<SignedIn> {
  const flow = await app.initiateAuthCodeFlow(["orders.read"], {
    redirectUri,
    prompt: Prompt.CONSENT,
    maxAge: 600,
    ...(responseMode !== undefined && { responseMode }),
  });
  const arrival = await openBrowser("alice").authorize(flow.auth_uri);
  return { flow, arrival, result: unwrap(await app.acquireTokenByAuthCodeFlow(flow, arrival.parameters)) };
}

/** What the provider itself says of an access token. */
async function userInfo(accessToken: string | undefined): Promise<unknown> {
  const response = await fetch(`${provider.issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } });
  return response.json();
}

describe("client credentials from oidc-provider", () => {
  it("come with a secret, and the second time from the cache", async () => {
    const app = webApp();
    const first = unwrap(await app.acquireTokenForClient(["orders.read"]));
    expect(first).toMatchObject({ token_source: "identity_provider", token_type: "Bearer", scope: "orders.read" });
    const second = unwrap(await app.acquireTokenForClient(["orders.read"]));
    expect(second).toMatchObject({ token_source: "cache", access_token: first.access_token });
  });

  it("are refused for a wrong secret, as a value that names the provider's own error", async () => {
    const result = await webApp("web", "not the secret").acquireTokenForClient(["orders.read"]);
    expect(result).toMatchObject({ error: "invalid_client" });
  });

  it.each(["daemon-sha1", "daemon-rsa", "daemon-ec"] as const)(
    "come with a certificate, each time with an assertion of its own: %s (B3.2, B3.3)",
    async (clientId) => {
      const app = webApp(clientId, daemons()[clientId].credential);
      const first = unwrap(await app.acquireTokenForClient(["orders.read"]));
      const second = unwrap(await app.acquireTokenForClient(["orders.write"]));
      expect(first.access_token).toMatch(/./);
      expect(second.access_token).not.toBe(first.access_token);
    },
  );
});

describe("authorization code from oidc-provider", () => {
  it.each(["web", "web-ec"])("signs a user in, the id token's signature checked: %s (B5.1, B5.3)", async (clientId) => {
    const { result } = await signIn(webApp(clientId));
    expect(result.account).toMatchObject({ username: "alice@idp.example", localAccountId: "alice" });
    expect(result.id_token_claims).toMatchObject({ iss: provider.issuer, aud: clientId, sub: "alice" });
    expect(await userInfo(result.access_token)).toMatchObject({ sub: "alice" });
  });

  it("arrives by form_post too, and names its issuer (RFC 9207)", async () => {
    const { arrival, result } = await signIn(webApp(), "form_post");
    expect(arrival.method).toBe("POST");
    expect(arrival.parameters["iss"]).toBe(provider.issuer);
    expect(result.account?.username).toBe("alice@idp.example");
  });

  it("signs in through a loopback port (B5.4)", async () => {
    const app = desktopApp({ excludeScopes: ["offline_access"] });
    const openBrowserAt = async (url: string): Promise<void> => {
      const { parameters } = await openBrowser("bob").authorize(url);
      const redirect = new URL(new URL(url).searchParams.get("redirect_uri") ?? "");
      redirect.search = new URLSearchParams(parameters).toString();
      await fetch(redirect);
    };
    const result = unwrap(await app.acquireTokenInteractive(["orders.read"], { openBrowser: openBrowserAt }));
    expect(result.account?.username).toBe("bob@idp.example");
  });

  it("redeems a code once: the provider refuses it the second time", async () => {
    const app = webApp();
    const { flow, arrival } = await signIn(app);
    expect(await app.acquireTokenByAuthCodeFlow(flow, arrival.parameters)).toMatchObject({ error: "invalid_grant" });
  });

  it("is refused without the flow's verifier", async () => {
    const app = webApp();
    const flow = await app.initiateAuthCodeFlow(["orders.read"], { redirectUri });
    const { parameters } = await openBrowser("alice").authorize(flow.auth_uri);
    const forged = { ...flow, code_verifier: "x".repeat(43) };
    expect(await app.acquireTokenByAuthCodeFlow(forged, parameters)).toMatchObject({ error: "invalid_grant" });
  });

  it("refuses an id token that no published key signed (B5.3)", async () => {
    await using stranger = await startProvider([]);
    const fetchKeysOfStranger: typeof fetch = (input, init) => {
      const asked = String(input instanceof Request ? input.url : input);
      return fetch(asked === `${provider.issuer}/jwks` ? `${stranger.issuer}/jwks` : input, init);
    };
    const app = new ConfidentialClientApplication({
      clientId: "web",
      clientCredential: secret,
      oidcAuthority: provider.issuer,
      validateIdToken: "signature",
      fetch: fetchKeysOfStranger,
    });
    const failure = await signIn(app).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MsalError);
    expect(failure).toMatchObject({ code: "invalid_id_token" });
    expect(await app.getAccounts()).toEqual([]);
  });
});

describe("device code from oidc-provider", () => {
  it("signs a user in (B5.5)", async () => {
    const app = desktopApp();
    const flow = await app.initiateDeviceFlow(["orders.read"]);
    const [page, complete] = [flow.verification_uri, String(flow["verification_uri_complete"])];
    expect(complete).toContain(page);
    expect(await openBrowser("carol").browse(complete)).toBe("The device is signed in.");
    const result = unwrap(await app.acquireTokenByDeviceFlow(flow));
    expect(result.account?.username).toBe("carol@idp.example");
    expect(await userInfo(result.access_token)).toMatchObject({ sub: "carol" });
  });
});

describe("refresh by oidc-provider", () => {
  it("renews silently, and goes on with the refresh token of the answer (B4.8, B5.10)", async () => {
    const app = webApp();
    const { result } = await signIn(app);
    const account = result.account ?? null;
    const held = await app.acquireTokenSilent(["orders.read"], account);
    expect(held).toMatchObject({ token_source: "cache", access_token: result.access_token });
    for (let turns = 0; turns < 2; turns++) {
      const renewed = await app.acquireTokenSilent(["orders.read"], account, { forceRefresh: true });
      expect(renewed).toMatchObject({ token_source: "identity_provider" });
      expect(renewed?.access_token).not.toBe(result.access_token);
      expect(await userInfo(renewed?.access_token)).toMatchObject({ sub: "alice" });
    }
  });

  it("takes over a refresh token from elsewhere (B5.9)", async () => {
    const { result } = await signIn(webApp());
    const app = webApp();
    const migrated = unwrap(await app.acquireTokenByRefreshToken(result.refresh_token ?? "", ["orders.read"]));
    expect(migrated.account?.username).toBe("alice@idp.example");
    const [account = null] = await app.getAccounts();
    expect(await app.acquireTokenSilent(["orders.read"], account)).toMatchObject({ token_source: "cache" });
  });
});

describe("sign-out from the application", () => {
  it("leaves nothing of the user in the cache (B4.10)", async () => {
    const app = webApp();
    const { result } = await signIn(app);
    const [account] = await app.getAccounts();
    if (account === undefined) throw new Error("Nobody is signed in.");
    expect(account).toEqual(result.account);
    await app.removeAccount(account);
    expect(await app.getAccounts()).toEqual([]);
    expect(await app.acquireTokenSilent(["orders.read"], account)).toBeNull();
  });
});
