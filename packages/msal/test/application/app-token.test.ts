import { describe, expect, it } from "vitest";
import type { CacheEntries, CacheEntryType, EntrySearch } from "../../src/index.ts";
import { ConfidentialClientApplication, SerializableTokenCache } from "../../src/index.ts";
import { eventually } from "../support/eventually.ts";
import { confidentialApp } from "../support/apps.ts";
import { createGate, settled } from "../support/gate.ts";
import { appTokens, authority, clientId, host, refusal, tenantId, userTokens } from "../support/token-answers.ts";

const scopes = ["https://graph.microsoft.com/.default"];

describe("a token for the application itself", () => {
  it("asks with undecorated scopes and the secret (B5.7, B2.1, B2.2)", async () => {
    const { app, provider } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    const result = await app.acquireTokenForClient(["b/.default", "a/.default"]);
    expect(provider.lastPost.form).toEqual({
      client_id: clientId,
      client_info: "1",
      client_secret: "client-secret",
      grant_type: "client_credentials",
      scope: "a/.default b/.default",
    });
    expect(result).toEqual({
      access_token: "app-token",
      token_type: "Bearer",
      expires_in: 3600,
      scope: "b/.default a/.default",
      token_source: "identity_provider",
      correlation_id: provider.lastPost.headers.get("client-request-id"),
    });
  });

  it("comes from the cache while it is valid, with the time it has left (B5.7)", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    clock.advance(3_300_000);
    const correlationId = "11111111-2222-4333-8444-555555555555";
    expect(await app.acquireTokenForClient(scopes, { correlationId })).toEqual({
      access_token: "app-token",
      token_type: "Bearer",
      expires_in: 300,
      scope: scopes[0],
      token_source: "cache",
      correlation_id: correlationId,
    });
  });

  it("lives until expires_on where the answer has no expires_in (B4.2)", async () => {
    const { app, provider, clock } = confidentialApp();
    const expires_on = String(Math.floor(clock.now() / 1000) + 7200);
    provider.expectToken(authority, { json: appTokens({ expires_in: undefined, expires_on }) });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ expires_in: 7200 });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ expires_in: 7200, token_source: "cache" });
  });

  it("is asked for anew with less than five minutes left (B4.6)", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    clock.advance(3_301_000);
    provider.expectToken(authority, { json: appTokens({ access_token: "second" }) });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({
      access_token: "second",
      token_source: "identity_provider",
    });
  });

  it("is timed by the given clock in a cache of the application's own too (B4.6)", async () => {
    const { provider, clock } = confidentialApp();
    const options = { clientId, authority, clientCredential: "client-secret", fetch: provider.fetch, clock };
    const app = new ConfidentialClientApplication(options);
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "cache" });
    clock.advance(3_301_000);
    provider.expectToken(authority, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "identity_provider" });
  });

  it("is looked for by tenant and scope when it is missing, so that no other token is walked (B4.13)", async () => {
    const searches: unknown[] = [];
    class WatchedCache extends SerializableTokenCache {
      override find<T extends CacheEntryType>(type: T, conditions?: EntrySearch): CacheEntries[T][] {
        searches.push([type, conditions]);
        return super.find(type, conditions);
      }
    }
    const { app, provider } = confidentialApp({ tokenCache: new WatchedCache() });
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    const query = { client_id: clientId, realm: tenantId, home_account_id: null, key_id: null };
    expect(searches).toEqual([["AccessToken", { target: scopes, query }]]);
  });

  it("is cached with no home account, whichever way another library wrote that (B4.5)", async () => {
    const { app, provider, cache } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    const [entry] = cache.find("AccessToken");
    expect(entry).toMatchObject({ home_account_id: null, environment: host, realm: tenantId, client_id: clientId });
    const state = cache.serialize();
    for (const homeAccountId of ['""', "null"]) {
      cache.deserialize(state.replace('"home_account_id":null', `"home_account_id":${homeAccountId}`));
      expect(await app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "cache" });
    }
  });

  it("is found by fewer scopes, in any order and case (B4.6)", async () => {
    const { app, provider } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(["api/A", "api/B"]);
    expect(await app.acquireTokenForClient(["API/b"])).toMatchObject({ token_source: "cache" });
    expect(await app.acquireTokenForClient(["api/B", "api/A"])).toMatchObject({ token_source: "cache" });
  });

  it("is not another tenant's, nor another application's, though the cache is one (B4.6)", async () => {
    const tokenCache = new SerializableTokenCache();
    const other = "https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111";
    const first = confidentialApp({ tokenCache });
    const elsewhere = confidentialApp({ tokenCache, authority: other });
    const stranger = confidentialApp({ tokenCache, clientId: "stranger" });
    first.provider.expectToken(authority, { json: appTokens() });
    elsewhere.provider.expectToken(other, { json: appTokens({ access_token: "elsewhere" }) });
    stranger.provider.expectToken(authority, { json: appTokens({ access_token: "stranger" }) });
    await first.app.acquireTokenForClient(scopes);
    expect(await elsewhere.app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "elsewhere" });
    expect(await stranger.app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "stranger" });
  });

  it("is found in the cache by a silent call without account, which asks nobody (B5.10)", async () => {
    const { app, provider } = confidentialApp();
    expect(await app.acquireTokenSilent(scopes, null)).toBeNull();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    const [result, other] = [await app.acquireTokenSilent(scopes, null), await app.acquireTokenSilent(["x"], null)];
    expect(result).toMatchObject({ access_token: "app-token", token_source: "cache" });
    expect(other).toBeNull();
  });

  it("gives the refusal as a value, which is not cached (B2.8)", async () => {
    const { app, provider, cache } = confidentialApp();
    const codes = {
      error_codes: [7000215],
      trace_id: "t",
      timestamp: "2026-01-01 00:00:00Z",
      correlation_id: "theirs",
    };
    provider.expectToken(authority, { ...refusal("invalid_client", codes), status: 401 });
    expect(await app.acquireTokenForClient(scopes)).toEqual({
      error: "invalid_client",
      error_description: "AADSTS: invalid_client",
      ...codes,
    });
    expect(cache.find("AccessToken")).toEqual([]);
    provider.expectToken(authority, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
  });

  it.each(["common", "organizations"])("at %s warns that an application has no home there (B5.7)", async (tenant) => {
    const homeless = `https://${host}/${tenant}`;
    const { app, provider, log } = confidentialApp({ authority: homeless });
    provider.expectToken(homeless, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    const warnings = log.filter((line) => line.startsWith("warn: "));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`no home at ${homeless}`);
    expect(warnings[0]).toContain('"authority"');
  });

  it("warns of nothing in a tenant (B5.7)", async () => {
    const { app, provider, log } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(log.filter((line) => line.startsWith("warn: "))).toEqual([]);
  });

  it.each([
    [{ forceRefresh: true }, undefined],
    [{ claimsChallenge: '{"access_token":{"nbf":{"essential":true}}}' }, '{"access_token":{"nbf":{"essential":true}}}'],
  ])("leaves the cache aside with %o (B2.7)", async (options, claims) => {
    const { app, provider } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    provider.expectToken(authority, { json: appTokens({ access_token: "second" }) });
    await app.acquireTokenForClient(scopes);
    expect(await app.acquireTokenForClient(scopes, options)).toMatchObject({ access_token: "second" });
    expect(provider.lastPost.form["claims"]).toBe(claims);
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "second", token_source: "cache" });
  });

  it("refuses a claims challenge that is no JSON before any network (B2.7)", async () => {
    const { app, provider } = confidentialApp();
    const call = app.acquireTokenForClient(scopes, { claimsChallenge: "bm90IGpzb24" });
    await expect(call).rejects.toMatchObject({ code: "invalid_claims", option: "claimsChallenge" });
    expect(provider.requests).toEqual([]);
  });

  it.each([
    ["graph/.default", 'give ["graph/.default"]'],
    [[], "at least one scope"],
    [[7], "must be a string"],
  ])("refuses %o as scopes before any network (B2.6)", async (wrong, remedy) => {
    const { app, provider } = confidentialApp();
    const call = app.acquireTokenForClient(wrong as unknown as string[]);
    await expect(call).rejects.toMatchObject({
      code: "invalid_scopes",
      message: expect.stringContaining(remedy) as string,
    });
    expect(provider.requests).toEqual([]);
  });

  it("leaves the caller's scopes and options as they were", async () => {
    const { app, provider } = confidentialApp();
    const frozen = Object.freeze(["z", "a"]);
    const options = Object.freeze({ data: Object.freeze({ extra: "1" }) });
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(frozen, options);
    expect(frozen).toEqual(["z", "a"]);
    expect(provider.lastPost.form["extra"]).toBe("1");
  });
});

describe("an aging token of the application (B4.7)", () => {
  const aging = { refresh_in: 1800 };

  it("is given at once, and renewed in the background once for all who ask", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: appTokens(aging) });
    await app.acquireTokenForClient(scopes);
    clock.advance(1_800_000);
    const gate = createGate();
    provider.expectToken(authority, async () => {
      await gate.opened;
      return { json: appTokens({ ...aging, access_token: "second" }) };
    });
    const results = await Promise.all(Array.from({ length: 50 }, () => app.acquireTokenForClient(scopes)));
    expect(results.every((result) => "access_token" in result && result.access_token === "app-token")).toBe(true);
    gate.open();
    await settled();
    expect(provider.posts).toHaveLength(2);
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "second", token_source: "cache" });
  });

  it("is not renewed a second before its time", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: appTokens(aging) });
    const { refresh_on } = { refresh_on: 0, ...(await app.acquireTokenForClient(scopes)) };
    expect(refresh_on).toBe(clock.now() / 1000 + 1800);
    clock.advance(1_799_000);
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "cache", refresh_on });
    await settled();
    expect(provider.posts).toHaveLength(1);
  });

  it.each([
    ["a refusal", refusal("temporarily_unavailable"), "temporarily_unavailable"],
    ["a server's failure", { status: 503 }, "status 503"],
    [
      "a connection that fails",
      (): never => {
        throw Object.assign(new Error("no"), { code: "ECONNRESET" });
      },
      "broken off",
    ],
  ])("is given until its end although its renewal fails by %s, which the log alone is told", async (_, reply, told) => {
    const { app, provider, clock, log } = confidentialApp();
    provider.expectToken(authority, { json: appTokens(aging) });
    await app.acquireTokenForClient(scopes);
    clock.advance(1_800_000);
    provider.expectToken(authority, reply).expectToken(authority, { json: appTokens({ access_token: "third" }) });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token", token_source: "cache" });
    const warnings = (): string[] => log.filter((line) => line.startsWith("warn: "));
    await eventually(() => expect(warnings()).toEqual([expect.stringContaining("An aging token was not renewed")]));
    expect(warnings()[0]).toContain(told);
    // The failure does not stand for long (B6.3): a later call tries again.
    clock.advance(60_000);
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token", token_source: "cache" });
    await settled();
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "third" });
  });

  it("is renewed although the caller who came upon it has left", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: appTokens(aging) });
    await app.acquireTokenForClient(scopes);
    clock.advance(1_800_000);
    provider.expectToken(authority, { json: appTokens({ access_token: "second" }) });
    const controller = new AbortController();
    await app.acquireTokenForClient(scopes, { signal: controller.signal });
    controller.abort();
    await settled();
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "second" });
  });
});

describe("the tokens of the application", () => {
  it("are forgotten in every tenant, and users' are not (B4.10)", async () => {
    const { app, provider, cache, clock } = confidentialApp();
    const other = "https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111";
    const elsewhere = confidentialApp({ tokenCache: cache, authority: other });
    provider.expectToken(authority, { json: appTokens() }).expectToken(authority, { json: userTokens(clock) });
    elsewhere.provider.expectToken(other, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    await elsewhere.app.acquireTokenForClient(scopes);
    await app.acquireTokenOnBehalfOf("user-assertion", ["User.Read"]);
    await app.removeTokensForClient();
    expect(cache.find("AccessToken")).toEqual([expect.objectContaining({ secret: "access-token" })]);
    provider.expectToken(authority, { json: appTokens({ access_token: "second" }) });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ token_source: "identity_provider" });
  });
});
