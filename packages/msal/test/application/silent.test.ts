import { AuthorityBuilder } from "../../src/authority/builder.ts";
import { describe, expect, it } from "vitest";
import type { Account } from "../../src/index.ts";
import { eventually } from "../support/eventually.ts";
import { confidentialApp, publicApp } from "../support/apps.ts";
import { neverAnswers } from "../support/fake-provider.ts";
import { settle } from "../support/settle.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import {
  alice,
  appTokens,
  authority,
  bob,
  clientId,
  homeAccountId,
  host,
  refusal,
  userTokens,
} from "../support/token-answers.ts";
import { accountOf, signIn } from "./signed-in.ts";

describe("a silent call with a valid access token in the cache", () => {
  it("B5.10 gives it without any network", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    world.clock.advance(600_000);
    const correlationId = "11111111-2222-4333-8444-555555555555";
    expect(await app.acquireTokenSilent(["user.READ"], account, { correlationId })).toEqual({
      access_token: "access-token",
      token_type: "Bearer",
      expires_in: 3000,
      scope: "User.Read openid profile",
      token_source: "cache",
      correlation_id: correlationId,
      account,
    });
    expect(provider.requests).toEqual([]);
  });

  it("B4.6 B2.4 renews one with under five minutes left, and says why", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    world.clock.advance((3600 - 300) * 1000);
    expect(await app.acquireTokenSilent(["User.Read"], account)).toMatchObject({ token_source: "cache" });
    world.clock.advance(1000);
    provider.expectToken(authority, { json: userTokens(world.clock, { access_token: "new" }) });
    expect(await app.acquireTokenSilent(["User.Read"], account)).toMatchObject({ access_token: "new" });
    expect(provider.lastPost.headers.get("x-client-current-telemetry")).toBe("4|84,3|");
  });

  it.each([
    ["another user's", bob, {}],
    ["another client's", alice, { event: { client_id: "another-client" } }],
    ["another tenant's", alice, { event: { token_endpoint: `https://${host}/other-tenant/oauth2/v2.0/token` } }],
    ["another cloud's", alice, { event: { token_endpoint: "https://login.microsoftonline.us/x/oauth2/v2.0/token" } }],
    ["one of fewer scopes", alice, { event: { scope: ["openid"] } }],
    ["B7.4 one that is bound to a key", alice, { event: { data: { key_id: "key" } } }],
  ])("does not give %s", async (_, user, answer) => {
    const { app, ...world } = publicApp();
    signIn(world, { user, refresh_token: undefined, ...answer });
    expect(await app.acquireTokenSilent(["User.Read"], accountOf(alice))).toBeNull();
  });

  it("B5.10 null asks for the application's own token", async () => {
    const { app, provider, cache } = confidentialApp();
    expect(await app.acquireTokenSilent(["api/.default"], null)).toBeNull();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(["api/.default"]);
    signIn({ cache, clock: publicApp().clock });
    expect(await app.acquireTokenSilent(["api/.default"], null)).toMatchObject({ access_token: "app-token" });
    expect(await app.acquireTokenSilent(["User.Read"], null)).toBeNull();
  });

  it.each([
    ["forceRefresh", { forceRefresh: true }, undefined],
    ["a claims challenge", { claimsChallenge: '{"access_token":{}}' }, '{"access_token":{}}'],
  ])("B5.10 B2.4 leaves it aside for %s", async (_, options, claims) => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    provider.expectToken(authority, { json: userTokens(world.clock, { access_token: "new" }) });
    expect(await app.acquireTokenSilent(["User.Read"], account, options)).toMatchObject({ access_token: "new" });
    expect(provider.lastPost.form["claims"]).toBe(claims);
    expect(provider.lastPost.headers.get("x-client-current-telemetry")).toBe("4|84,1|");
  });

  it("looks at another tenant of the cloud when told so", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    const other = `https://${host}/00000000-0000-0000-0000-00000000abcd`;
    provider.knows(other).expectToken(other, {
      json: userTokens(world.clock, {
        access_token: "of-other-tenant",
        claims: { iss: `${other}/v2.0`, tid: "00000000-0000-0000-0000-00000000abcd" },
      }),
    });
    const ask = (tenant: string | AuthorityBuilder): Promise<unknown> =>
      app.acquireTokenSilent(["User.Read"], account, { authority: tenant });
    expect(await ask(other)).toMatchObject({ access_token: "of-other-tenant", token_source: "identity_provider" });
    const built = new AuthorityBuilder(host, "00000000-0000-0000-0000-00000000abcd");
    expect(await ask(built)).toMatchObject({ access_token: "of-other-tenant", token_source: "cache" });
  });

  it("does not hand out the caller's own account object", async () => {
    const { app, ...world } = publicApp();
    const account = signIn(world);
    const result = await app.acquireTokenSilent(["User.Read"], account);
    expect(result?.account).toEqual(account);
    expect(result?.account).not.toBe(account);
  });

  it.each<[string, unknown]>([
    ["undefined", undefined],
    ["a user name", "alice@contoso.com"],
    ["an object without homeAccountId", { username: "alice@contoso.com" }],
  ])("refuses %s as an account before any network", async (_, account) => {
    const { app, provider } = publicApp();
    const call = app.acquireTokenSilent(["User.Read"], account as Account);
    await expect(call).rejects.toThrow('"account" must be one of the accounts that getAccounts() lists');
    expect(provider.requests).toEqual([]);
  });

  it.each([
    ["B2.6 a reserved scope", ["openid"], {}, '"scopes" must not name openid'],
    ["no scope", [], {}, '"scopes" must name at least one scope'],
    ["B2.7 claims that are no JSON", ["User.Read"], { claimsChallenge: "[" }, '"claimsChallenge" must'],
    ["an authority that is none", ["User.Read"], { authority: null as unknown as string }, "got null"],
    ["an authority without tenant", ["User.Read"], { authority: `https://${host}` }, '"authority" must'],
  ])("refuses %s before any network", async (_, scopes, options, message) => {
    const { app, provider } = publicApp();
    await expect(app.acquireTokenSilent(scopes, accountOf(), options)).rejects.toThrow(message);
    expect(provider.requests).toEqual([]);
  });
});

describe("B4.7 an aging access token", () => {
  it("is given at once, while its renewal runs once in the background", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world, { refresh_in: 1800 });
    world.clock.advance(1_800_000);
    let arrive: ((answer: { json: object }) => void) | undefined;
    provider.expectToken(authority, () => new Promise((resolve) => (arrive = resolve)));
    const ask = (): Promise<unknown> => app.acquireTokenSilent(["User.Read"], account);
    for (let call = 0; call < 3; call += 1) {
      expect(await ask()).toMatchObject({ access_token: "access-token", token_source: "cache" });
    }
    await settle();
    arrive?.({ json: userTokens(world.clock, { access_token: "new", refresh_in: 1800 }) });
    await settle();
    expect(await ask()).toMatchObject({ access_token: "new", token_source: "cache" });
    expect(provider.posts).toHaveLength(1);
    expect(provider.lastPost.headers.get("x-client-current-telemetry")).toBe("4|84,4|");
  });

  it("is not renewed before refresh_on", async () => {
    const { app, ...world } = publicApp();
    const account = signIn(world, { refresh_in: 1800 });
    world.clock.advance(1_799_000);
    expect(await app.acquireTokenSilent(["User.Read"], account)).toMatchObject({
      refresh_on: world.clock.now() / 1000 + 1,
    });
  });

  it.each<[string, object]>([
    ["refused", refusal("invalid_grant")],
    ["answered by a failing server", { status: 503 }],
  ])("stays good when its renewal is %s, which the log tells", async (_, reply) => {
    const { app, provider, log, ...world } = publicApp();
    const account = signIn(world, { refresh_in: 60 });
    world.clock.advance(60_000);
    provider.expectToken(authority, reply);
    const ask = (): Promise<unknown> => app.acquireTokenSilentWithError(["User.Read"], account);
    expect(await ask()).toMatchObject({ access_token: "access-token" });
    const complaints = (): string[] => log.filter((line) => line.startsWith("warn: An aging token was not renewed"));
    await eventually(() => expect(complaints()).toHaveLength(1));
    world.clock.advance(60_000);
    provider.expectToken(authority, { json: userTokens(world.clock, { access_token: "new" }) });
    expect(await ask()).toMatchObject({ access_token: "access-token" });
    await settle();
    expect(await ask()).toMatchObject({ access_token: "new" });
  });
});

describe("a silent call without a fitting access token", () => {
  it("B2.1 B2.5 renews with exactly this form", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    provider.expectToken(authority, { json: userTokens(world.clock, { scope: "Mail.Read" }) });
    await app.acquireTokenSilent(["Mail.Read"], account);
    expect(provider.lastPost.form).toEqual({
      client_id: clientId,
      client_info: "1",
      grant_type: "refresh_token",
      refresh_token: "refresh-token",
      scope: "Mail.Read offline_access openid profile",
    });
    const { headers } = provider.lastPost;
    expect(headers.get("x-anchormailbox")).toBe(`Oid:${homeAccountId(alice).replace(".", "@")}`);
    expect(headers.get("x-client-current-telemetry")).toBe("4|84,2|");
  });

  it("B5.10 gives null when there is nothing to renew with", async () => {
    const { app } = publicApp();
    expect(await app.acquireTokenSilent(["User.Read"], accountOf())).toBeNull();
    expect(await app.acquireTokenSilentWithError(["User.Read"], accountOf())).toBeNull();
  });

  it("B5.10 folds a refusal into null, and B4.8 keeps the refresh token", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    provider.expectToken(authority, refusal("invalid_grant"));
    expect(await app.acquireTokenSilent(["Mail.Read"], account)).toBeNull();
    expect(world.cache.find("RefreshToken")).toMatchObject([{ secret: "refresh-token" }]);
  });

  it.each([
    ["basic_action", "basic_action"],
    ["consent_required", "consent_required"],
    ["user_password_expired", "user_password_expired"],
    ["bad_token", ""],
    ["token_expired", ""],
    ["protection_policy_required", ""],
    ["device_authentication_failed", ""],
    ["client_mismatch", ""],
    [undefined, ""],
  ])("B5.10 classifies the suberror %s as %j", async (suberror, classification) => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    provider.expectToken(authority, refusal("invalid_grant", { suberror }));
    const result = await app.acquireTokenSilentWithError(["Mail.Read"], account);
    expect(result).toMatchObject({ error: "invalid_grant", classification });
  });

  it("throws what the server's failure is", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    provider.expectToken(authority, { status: 503, headers: { "retry-after": "7" } });
    const error = await msalErrorFrom(app.acquireTokenSilent(["Mail.Read"], account));
    expect(error).toMatchObject({ code: "server_error", status: 503, retryAfter: 7, retryable: true });
  });

  it("ends at once when the caller aborts", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    const controller = new AbortController();
    provider.expectToken(authority, (request) => {
      controller.abort();
      return neverAnswers(request);
    });
    const waiting = app.acquireTokenSilent(["Mail.Read"], account, { signal: controller.signal });
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted" });
    await settle();
    expect(world.clock.pending).toBe(0);
  });
});
