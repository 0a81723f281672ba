import { describe, expect, it, vi } from "vitest";
import {
  type ClientApplicationOptions,
  type ClientCredential,
  ConfidentialClientApplication,
  type MsalArgumentError,
  PublicClientApplication,
  TokenCache,
} from "../../src/index.ts";
import { confidentialApp } from "../support/apps.ts";
import { argumentErrorOf } from "../support/thrown.ts";
import { appTokens, authority, clientId, userTokens } from "../support/token-answers.ts";

function refusalOf(options: object): MsalArgumentError {
  return argumentErrorOf(() => new ConfidentialClientApplication({ clientId, clientCredential: "secret", ...options }));
}

describe("an option that cannot work", () => {
  it.each([
    ["clientId", undefined, "application (client) ID"],
    ["clientId", "", "non-empty string"],
    ["clientId", "  ", "non-empty string"],
    ["clientId", 7, "non-empty string"],
    ["authority", null, "https://login.microsoftonline.com/common"],
    ["authority", "", "https://login.microsoftonline.com/common"],
    ["authority", "login.microsoftonline.com/common", "https://login.microsoftonline.com/common"],
    ["oidcAuthority", null, "https://idp.contoso.com"],
    ["oidcAuthority", "http://idp.contoso.com", "start with https://"],
    ["validateAuthority", "no", "true or false"],
    ["validateAuthority", null, "true or false"],
    ["instanceDiscovery", 1, "true, false, or the absolute https URL"],
    ["instanceDiscovery", "login.contoso.com/discovery", "absolute https URL"],
    ["instanceDiscovery", "http://login.contoso.com/discovery", "http on loopback hosts alone"],
    ["tokenCache", {}, "new SerializableTokenCache()"],
    ["tokenCache", new Map(), "TokenCache"],
    ["clientCapabilities", "CP1", '["CP1"]'],
    ["clientCapabilities", ["CP1", 2], '["CP1"]'],
    ["clientCapabilities", [""], '["CP1"]'],
    ["excludeScopes", ["openid"], '["offline_access"]'],
    ["fetch", "fetch", "signature of the platform's fetch"],
    ["proxies", true, "must be false, or an object"],
    ["proxies", null, "must be false, or an object"],
    ["proxies", { https: "socks5://proxy" }, "has no address of an HTTP proxy"],
    ["verify", 1, "must be true, false, or certificates"],
    ["verify", "", "must be true, false, or certificates"],
    ["httpCache", {}, "must be a Map"],
    ["httpCache", null, "must be a Map"],
    ["httpCache", new Set(), "must be a Map"],
    ["timeout", 0, "greater than 0"],
    ["timeout", -1, "greater than 0"],
    ["timeout", Number.NaN, "greater than 0"],
    ["timeout", "30", "number of seconds"],
    ["timeout", Infinity, "at most 2147483"],
    ["timeout", 2_147_484, "at most 2147483"],
    ["appName", "a\nb", "visible ASCII"],
    ["appName", "naïve", "visible ASCII"],
    ["appName", "", "visible ASCII"],
    ["appVersion", "1\r\nX-Evil: 1", "visible ASCII"],
    ["appVersion", 1, "visible ASCII"],
    ["validateIdToken", "full", '"claims" or "signature"'],
    ["validateIdToken", true, '"claims" or "signature"'],
    ["logger", "console", "such as console"],
    ["logger", null, "such as console"],
    ["clock", { now: (): number => 0 }, "now and after"],
    ["clock", Date, "now and after"],
    ["clientCredential", "", "client secret"],
    ["clientCredential", 42, "client secret"],
    ["clientClaims", { tier: "gold" }, "clientCredential"],
  ])("%s: %o is refused by its name, with what mends it", (name, value, remedy) => {
    const error = refusalOf({ [name]: value });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.option).toBe(name);
    expect(error.message.startsWith(`"${name}" `)).toBe(true);
    expect(error.message).toContain(remedy);
  });

  it.each([
    [null, "got null"],
    [{}, "got a value of type object"],
    [{ toString: (): string => authority }, "got a value of type object"],
  ])("says of an authority that it is no address but %o", (value, told) => {
    expect(refusalOf({ authority: value }).message).toContain(told);
  });

  it("names the list when one of excludeScopes is no scope", () => {
    expect(refusalOf({ excludeScopes: ["a b"] }).message).toMatch(/^"excludeScopes\[0\]" .*without spaces/);
  });

  it.each([undefined, null, "6731de76-14a6-49ae-97bc-6eba6914391e"])("%o are no options at all", (options) => {
    const error = argumentErrorOf(() => new PublicClientApplication(options as unknown as ClientApplicationOptions));
    expect(error.message).toBe('"options" must be an object, such as { clientId: "…" }');
  });

  it("finds that authority and oidcAuthority exclude each other", () => {
    const error = refusalOf({ authority, oidcAuthority: "https://idp.contoso.com" });
    expect(error).toMatchObject({ option: "oidcAuthority", code: "invalid_option" });
    expect(error.message).toContain('together with "authority"');
  });

  it("is refused before the next one is looked at, and before any credential", () => {
    expect(refusalOf({ clientId: "", clientCredential: "" }).option).toBe("clientId");
  });
});

describe("an unknown option", () => {
  it("is refused with the name that was meant, when only the case differs", () => {
    const error = refusalOf({ clientID: "x" });
    expect(error.message).toBe('"clientID" is not an option of this application; did you mean "clientId"?');
  });

  it("is refused with the names that there are", () => {
    const { message } = refusalOf({ secret: "s3cr3t" });
    expect(message).toMatch(/^"secret" is not an option .*the options are appName, .*clientClaims, clientCredential/);
    expect(message).not.toContain("s3cr3t");
  });

  it("is one that only the other kind of application has (B3.1)", () => {
    const withClaims = { clientId, clientClaims: {} };
    const error = argumentErrorOf(() => new PublicClientApplication(withClaims));
    expect(error.message).toMatch(/^"clientClaims" is not an option/);
    expect(error.message).not.toContain("clientCredential");
  });
});

describe("a public client application", () => {
  it.each(["secret", undefined])("refuses a credential, even %o (B3.1)", (clientCredential) => {
    const withCredential = { clientId, clientCredential };
    const error = argumentErrorOf(() => new PublicClientApplication(withCredential));
    expect(error).toMatchObject({ code: "invalid_credential", option: "clientCredential" });
    expect(error.message).toContain("ConfidentialClientApplication");
  });
});

describe("good options", () => {
  it("may hold undefined for what is left out", () => {
    const options = { clientId, authority: undefined, timeout: undefined, logger: undefined };
    expect(() => new PublicClientApplication(options as unknown as ClientApplicationOptions)).not.toThrow();
  });

  it.each([0.5, 2_147_483])("may name a timeout of %d seconds", (timeout) => {
    expect(() => new PublicClientApplication({ clientId, timeout })).not.toThrow();
  });

  it("are copied: what becomes of the caller's objects later changes nothing", async () => {
    const clientCapabilities = ["CP1"];
    const excludeScopes = ["offline_access"];
    const { app, provider, clock } = confidentialApp({ clientCapabilities, excludeScopes, appName: "first" });
    clientCapabilities.push("CP2");
    excludeScopes.push("profile");
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenByRefreshToken("refresh", ["User.Read"]);
    const { form } = provider.lastPost;
    expect(form["scope"]).toBe("User.Read openid profile");
    expect(form["claims"]).toBe('{"access_token":{"xms_cc":{"values":["CP1"]}}}');
  });

  it("are copied: the caller's own object may be used for another application", async () => {
    const { provider, clock, cache } = confidentialApp();
    const options = {
      clientId,
      authority,
      clientCredential: "first-secret",
      timeout: 5,
      fetch: provider.fetch,
      tokenCache: cache,
      clock,
    };
    const app = new ConfidentialClientApplication(options);
    const evil = vi.fn<typeof fetch>();
    Object.assign(options, {
      clientId: "other",
      clientCredential: "second-secret",
      authority: "https://login.microsoftonline.com/other",
      fetch: evil,
      tokenCache: new TokenCache(),
      timeout: 1,
    });
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(["api/.default"]);
    expect(provider.lastPost.form).toMatchObject({ client_id: clientId, client_secret: "first-secret" });
    expect(evil).not.toHaveBeenCalled();
    expect(cache.find("AccessToken")).toHaveLength(1);
  });

  it("are copied: credential and claims too, as deep as they go", async () => {
    const sign = vi.fn<(data: Uint8Array) => Uint8Array>(() => new Uint8Array([1]));
    const clientCredential = { sign, thumbprint: "A1".repeat(20) };
    const clientClaims = { device: { id: "first" } };
    const { app, provider } = confidentialApp({ clientCredential, clientClaims });
    const evil = vi.fn<(data: Uint8Array) => Uint8Array>();
    Object.assign(clientCredential, { sign: evil, thumbprint: "B2".repeat(20) });
    clientClaims.device.id = "second";
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(["api/.default"]);
    const [header, payload] = (provider.lastPost.form["client_assertion"] ?? "").split(".").map(decoded);
    expect(header).toMatchObject({ x5t: Buffer.from("A1".repeat(20), "hex").toString("base64url") });
    expect(payload).toMatchObject({ device: { id: "first" } });
    expect(evil).not.toHaveBeenCalled();
  });

  it("are not changed, and may be frozen", () => {
    const clientCredential: ClientCredential = Object.freeze({ clientAssertion: "a.b.c" });
    const options = Object.freeze({
      clientId,
      clientCredential,
      clientCapabilities: Object.freeze(["CP1"]),
      excludeScopes: Object.freeze(["profile"]),
    });
    expect(() => new ConfidentialClientApplication(options)).not.toThrow();
  });
});

describe("a constructor (B1.6)", () => {
  it("sends nothing, reads no clock, calls no callback", () => {
    const fetch = vi.fn<typeof globalThis.fetch>();
    const clock = { now: vi.fn<() => number>(() => 0), after: vi.fn<() => () => void>(() => () => {}) };
    const clientAssertion = vi.fn<() => string>();
    const authorityOfUnknownHost = "https://login.contoso.com/tenant";
    const app = new ConfidentialClientApplication({
      clientId,
      authority: authorityOfUnknownHost,
      clientCredential: { clientAssertion },
      fetch,
      clock,
    });
    expect(app).toBeInstanceOf(ConfidentialClientApplication);
    for (const callback of [fetch, clock.now, clock.after, clientAssertion]) expect(callback).not.toHaveBeenCalled();
  });
});

function decoded(part: string): unknown {
  return part.length < 8 ? undefined : JSON.parse(Buffer.from(part, "base64url").toString());
}
