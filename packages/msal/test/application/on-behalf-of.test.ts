import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { confidentialApp } from "../support/apps.ts";
import { settled } from "../support/gate.ts";
import {
  alice,
  appTokens,
  authority,
  bob,
  clientId,
  homeAccountId,
  refusal,
  userTokens,
} from "../support/token-answers.ts";

const scopes = ["User.Read"];
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("a token on behalf of a user", () => {
  it("is asked for with the user's token and decorated scopes (B5.8, B2.6)", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: userTokens(clock) });
    const result = await app.acquireTokenOnBehalfOf("user-assertion", scopes);
    expect(provider.lastPost.form).toEqual({
      client_id: clientId,
      client_info: "1",
      client_secret: "client-secret",
      grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
      assertion: "user-assertion",
      requested_token_use: "on_behalf_of",
      scope: "User.Read offline_access openid profile",
    });
    expect(result).toMatchObject({
      access_token: "access-token",
      token_source: "identity_provider",
      id_token_claims: { oid: alice.uid },
      account: { homeAccountId: homeAccountId(alice), username: alice.username },
    });
  });

  it("costs one round trip for the same incoming token, and names the account again (B5.8)", async () => {
    const { app, provider, clock, cache } = confidentialApp();
    provider.expectToken(authority, { json: userTokens(clock) });
    const first = await app.acquireTokenOnBehalfOf("user-assertion", scopes);
    clock.advance(60_000);
    const second = await app.acquireTokenOnBehalfOf("user-assertion", scopes);
    expect(second).toMatchObject({ access_token: "access-token", token_source: "cache", expires_in: 3540 });
    expect(second).toHaveProperty("account", "account" in first ? first.account : undefined);
    expect(second).toHaveProperty("account.username", alice.username);
    expect(cache.find("AccessToken")).toMatchObject([{ user_assertion_hash: sha256("user-assertion") }]);
    expect(cache.serialize()).not.toContain("user-assertion");
  });

  it("is another one for another token of the same user, and neither disturbs the other (B5.8)", async () => {
    const { app, provider, clock } = confidentialApp();
    provider
      .expectToken(authority, { json: userTokens(clock, { access_token: "for-one" }) })
      .expectToken(authority, { json: userTokens(clock, { access_token: "for-two" }) });
    await app.acquireTokenOnBehalfOf("assertion-one", scopes);
    await app.acquireTokenOnBehalfOf("assertion-two", scopes);
    for (const [assertion, token] of [
      ["assertion-one", "for-one"],
      ["assertion-two", "for-two"],
      ["assertion-one", "for-one"],
    ] as const) {
      const result = await app.acquireTokenOnBehalfOf(assertion, scopes);
      expect(result).toMatchObject({ access_token: token, token_source: "cache" });
    }
  });

  it("never serves another user (B5.8)", async () => {
    const { app, provider, clock } = confidentialApp();
    provider
      .expectToken(authority, { json: userTokens(clock, { access_token: "alice's" }) })
      .expectToken(authority, { json: userTokens(clock, { access_token: "bob's", user: bob }) });
    await app.acquireTokenOnBehalfOf("alice's assertion", scopes);
    expect(await app.acquireTokenOnBehalfOf("bob's assertion", scopes)).toMatchObject({
      access_token: "bob's",
      account: { homeAccountId: homeAccountId(bob) },
    });
    expect(await app.acquireTokenOnBehalfOf("alice's assertion", scopes)).toMatchObject({
      access_token: "alice's",
      account: { homeAccountId: homeAccountId(alice) },
    });
  });

  it("is none of the application's own tokens, and the other way round (B5.8)", async () => {
    const { app, provider } = confidentialApp();
    const anonymous = appTokens({ access_token: "on-behalf" });
    provider.expectToken(authority, { json: appTokens() }).expectToken(authority, { json: anonymous });
    await app.acquireTokenForClient(scopes);
    expect(await app.acquireTokenOnBehalfOf("user-assertion", scopes)).toMatchObject({ access_token: "on-behalf" });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token", token_source: "cache" });
    expect(await app.acquireTokenSilent(scopes, null)).toMatchObject({ access_token: "app-token" });
    const again = await app.acquireTokenOnBehalfOf("user-assertion", scopes);
    expect(again).toMatchObject({ access_token: "on-behalf", token_source: "cache" });
  });

  it("is asked for anew with the downstream API's challenge (B2.7)", async () => {
    const { app, provider, clock } = confidentialApp({ clientCapabilities: ["CP1"] });
    const claimsChallenge = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    provider
      .expectToken(authority, { json: userTokens(clock) })
      .expectToken(authority, { json: userTokens(clock, { access_token: "stepped-up" }) });
    await app.acquireTokenOnBehalfOf("user-assertion", scopes);
    const result = await app.acquireTokenOnBehalfOf("user-assertion", scopes, { claimsChallenge });
    expect(result).toMatchObject({ access_token: "stepped-up" });
    expect(JSON.parse(provider.lastPost.form["claims"] ?? "")).toEqual({
      access_token: { acrs: { essential: true, value: "c1" }, xms_cc: { values: ["CP1"] } },
    });
    expect(await app.acquireTokenOnBehalfOf("user-assertion", scopes)).toMatchObject({ access_token: "stepped-up" });
  });

  it("gives the refusal with the claims that the user has to meet", async () => {
    const { app, provider } = confidentialApp();
    const members = { suberror: "basic_action", error_codes: [50076], claims: '{"access_token":{"capolids":{}}}' };
    provider.expectToken(authority, refusal("interaction_required", members));
    expect(await app.acquireTokenOnBehalfOf("user-assertion", scopes)).toMatchObject({
      error: "interaction_required",
      ...members,
    });
  });

  it("is renewed in the background once it ages, for the same incoming token (B4.7)", async () => {
    const { app, provider, clock } = confidentialApp();
    provider
      .expectToken(authority, { json: userTokens(clock, { refresh_in: 600 }) })
      .expectToken(authority, { json: userTokens(clock, { access_token: "renewed" }) });
    await app.acquireTokenOnBehalfOf("user-assertion", scopes);
    clock.advance(600_000);
    const old = await app.acquireTokenOnBehalfOf("user-assertion", scopes);
    expect(old).toMatchObject({ access_token: "access-token", token_source: "cache" });
    await settled();
    const current = await app.acquireTokenOnBehalfOf("user-assertion", scopes);
    expect(current).toMatchObject({ access_token: "renewed", token_source: "cache" });
    expect(provider.lastPost.form["assertion"]).toBe("user-assertion");
  });

  it.each([
    ["", scopes, {}, "userAssertion", 'without the word "Bearer"'],
    ["Bearer abc", scopes, {}, "userAssertion", 'without the word "Bearer"'],
    ["bearer\tabc", scopes, {}, "userAssertion", 'without the word "Bearer"'],
    [undefined, scopes, {}, "userAssertion", 'without the word "Bearer"'],
    ["a", "User.Read", {}, "scopes", 'give ["User.Read"]'],
    ["a", [], {}, "scopes", "at least one scope"],
    ["a", ["openid"], {}, "scopes", "openid"],
    ["a", scopes, { claimsChallenge: "{" }, "claimsChallenge", "JSON object"],
  ])("refuses %o, %o, %o before any network (B2.6, B2.7)", async (assertion, asked, options, ...outcome) => {
    const [option, remedy] = outcome as [string, string];
    const { app, provider } = confidentialApp();
    const call = app.acquireTokenOnBehalfOf(assertion as string, asked as string[], options);
    await expect(call).rejects.toMatchObject({ option, message: expect.stringContaining(remedy) as string });
    expect(provider.requests).toEqual([]);
  });
});
