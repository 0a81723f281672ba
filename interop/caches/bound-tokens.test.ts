import { type Account, PublicClientApplication, SerializableTokenCache, type TokenResponse } from "msal-ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PythonApp, pythonApp } from "../msal-python/python-app.ts";
import { skipsPython } from "../msal-python/python.ts";
import { known, type SecureEmulator, startSecureEmulator } from "../secure-emulator.ts";

const scopes = ["User.Read"];
const data = { token_type: "ssh-cert", req_cnf: '{"kty":"RSA","n":"AQAB","e":"AQAB"}', key_id: "key-1" };

let secure: SecureEmulator;

beforeAll(async () => {
  secure = await startSecureEmulator();
});
afterAll(() => secure[Symbol.asyncDispose]());

/** Alice's tokens by this library, out of what one has written. */
interface Ours {
  readonly app: PublicClientApplication;
  readonly tokenCache: SerializableTokenCache;
}

function oursWith(state?: string): Ours {
  const tokenCache = new SerializableTokenCache();
  tokenCache.deserialize(state);
  const { clientId } = secure.app("desktop");
  const authority = secure.emulator.authority();
  return {
    app: new PublicClientApplication({ clientId, authority, tokenCache, fetch: secure.emulator.fetch }),
    tokenCache,
  };
}

async function aliceIn({ app }: Ours): Promise<Account> {
  return known((await app.getAccounts())[0], "account");
}

async function tokenFrom(ours: Ours, options: { data?: typeof data } = {}): Promise<TokenResponse> {
  const result = await ours.app.acquireTokenSilent(scopes, await aliceIn(ours), options);
  return known(result ?? undefined, "token");
}

/** MSAL Python's silent call for Alice: the token. */
async function tokenOf(python: PythonApp, parameters: { data?: typeof data } = {}): Promise<unknown> {
  const result = await python.call("acquire_token_silent", { scopes, ...parameters }, secure.user("alice").username);
  return result["access_token"];
}

describe.skipIf(skipsPython())("tokens bound to a key, and bearer tokens of the same scopes", () => {
  it("stand side by side in our cache, and MSAL Python finds each by a call that names its key or none (B4.1)", async () => {
    const ours = oursWith();
    const openBrowser = async (url: string): Promise<void> => void (await secure.emulator.signIn(url, "alice"));
    await ours.app.acquireTokenInteractive(scopes, { openBrowser });
    const free = await tokenFrom(ours);
    const bound = await tokenFrom(ours, { data });
    expect([free.token_type, bound.token_type]).toEqual(["Bearer", "ssh-cert"]);
    const before = secure.grants();
    const python = pythonApp(secure, "desktop", { cache: ours.tokenCache.serialize() });
    expect(await tokenOf(python)).toBe(free.access_token);
    expect(await tokenOf(python, { data })).toBe(bound.access_token);
    expect(secure.grants()).toEqual(before);
  });

  it("replace each other in MSAL Python's cache, where ours takes none for the other (B4.5, B4.6)", async () => {
    const python = pythonApp(secure, "desktop");
    const flow = await python.call("initiate_device_flow", { scopes });
    await secure.emulator.signIn(String(flow["verification_uri"]), "alice", { userCode: String(flow["user_code"]) });
    await python.call("acquire_token_by_device_flow", { flow });
    const bound = await tokenOf(python, { data });
    const ours = oursWith(python.cache());
    const held = { token_source: "cache", access_token: bound };
    expect(await tokenFrom(ours, { data })).toMatchObject(held);
    expect(await tokenFrom(ours)).toMatchObject({ token_source: "identity_provider", token_type: "Bearer" });
    expect(await tokenFrom(ours, { data })).toMatchObject(held);
  });
});
