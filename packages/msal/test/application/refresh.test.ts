import { describe, expect, it } from "vitest";
import { publicApp } from "../support/apps.ts";
import { settle } from "../support/settle.ts";
import { alice, authority, clientId, homeAccountId, refusal, userTokens } from "../support/token-answers.ts";
import { signIn } from "./signed-in.ts";

describe("B4.8 a refresh", () => {
  it("puts the new refresh token in the place of the old one", async () => {
    const { app, provider, cache, clock } = publicApp();
    const account = signIn({ cache, clock });
    const [before] = cache.find("RefreshToken");
    clock.advance(60_000);
    provider.expectToken(authority, { json: userTokens(clock, { scope: "Mail.Read", refresh_token: "rt-new" }) });
    await app.acquireTokenSilent(["Mail.Read"], account);
    expect(cache.find("RefreshToken")).toEqual([
      { ...before, secret: "rt-new", last_modification_time: String(clock.now() / 1000) },
    ]);
  });

  it("keeps the old refresh token when the answer has none", async () => {
    const { app, provider, cache, clock } = publicApp();
    const account = signIn({ cache, clock });
    const before = cache.find("RefreshToken");
    provider.expectToken(authority, { json: userTokens(clock, { scope: "Mail.Read", refresh_token: undefined }) });
    await app.acquireTokenSilent(["Mail.Read"], account);
    expect(cache.find("RefreshToken")).toEqual(before);
  });

  it("files the token under the account when the answer says nothing of the user (RFC 6749, section 6)", async () => {
    const { app, provider, cache, clock } = publicApp();
    const account = signIn({ cache, clock });
    const json = userTokens(clock, { id_token: undefined, client_info: undefined, scope: "Mail.Read" });
    provider.expectToken(authority, { json });
    expect(await app.acquireTokenSilent(["Mail.Read"], account)).toMatchObject({ account });
    expect(await app.acquireTokenSilent(["Mail.Read"], account)).toMatchObject({ token_source: "cache", account });
    expect(await app.acquireTokenSilent(["Mail.Read"], null)).toBeNull();
  });

  it("leaves the account as the sign-in made it", async () => {
    const { app, provider, cache, clock } = publicApp();
    const account = signIn({ cache, clock });
    const before = cache.find("Account");
    provider.expectToken(authority, { json: userTokens(clock, { scope: "Mail.Read", claims: { name: "Renamed" } }) });
    const result = await app.acquireTokenSilent(["Mail.Read"], account);
    expect(result?.account).toEqual(account);
    expect(cache.find("Account")).toEqual(before);
  });

  it("leaves the refresh token of a sign-in that was made in between", async () => {
    const { app, provider, cache, clock } = publicApp();
    const account = signIn({ cache, clock });
    provider.expectToken(authority, () => {
      signIn({ cache, clock }, { refresh_token: "of-the-new-sign-in" });
      return { json: userTokens(clock, { access_token: "renewed", scope: "Mail.Read", refresh_token: "older" }) };
    });
    expect(await app.acquireTokenSilent(["Mail.Read"], account)).toMatchObject({ access_token: "renewed" });
    expect(cache.find("RefreshToken")).toMatchObject([{ secret: "of-the-new-sign-in" }]);
    expect(await app.acquireTokenSilent(["Mail.Read"], account)).toMatchObject({ token_source: "cache" });
  });

  it("brings nothing back of a user who was removed in between", async () => {
    const { app, provider, cache, clock } = publicApp();
    const account = signIn({ cache, clock });
    let arrive: ((answer: { json: object }) => void) | undefined;
    provider.expectToken(authority, () => new Promise((resolve) => (arrive = resolve)));
    const waiting = app.acquireTokenSilent(["Mail.Read"], account);
    await settle();
    await app.removeAccount(account);
    arrive?.({ json: userTokens(clock, { access_token: "late", scope: "Mail.Read" }) });
    expect(await waiting).toMatchObject({ access_token: "late" });
    expect(await app.getAccounts()).toEqual([]);
    expect(cache.serialize()).not.toContain(alice.uid);
  });

  it("takes the newest refresh token first, and the next one when that is refused", async () => {
    const { app, provider, cache, clock } = publicApp();
    const account = signIn({ cache, clock }, { refresh_token: "rt-newest", event: { scope: ["B"] } });
    signIn({ cache, clock }, { refresh_token: "rt-old", event: { scope: ["A"] } });
    for (const entry of cache.find("RefreshToken", { target: ["A"] })) {
      cache.modify("RefreshToken", entry, { last_modification_time: "1" });
    }
    provider.expectToken(authority, refusal("invalid_grant"));
    provider.expectToken(authority, { json: userTokens(clock, { scope: "Mail.Read" }) });
    expect(await app.acquireTokenSilent(["Mail.Read"], account)).toMatchObject({ access_token: "access-token" });
    expect(provider.posts.map(({ form }) => form["refresh_token"])).toEqual(["rt-newest", "rt-old"]);
    // The new one stands where the used one stood.
    const secrets = cache.find("RefreshToken").map(({ target, secret }) => [target, secret]);
    expect(Object.fromEntries(secrets)).toEqual({ A: "refresh-token", B: "rt-newest" });
  });

  it("B4.4 files the token under the account that was asked for, when the answer does not say whose it is", async () => {
    const { app, provider, cache, clock } = publicApp();
    const account = signIn({ cache, clock });
    const answer = userTokens(clock, { scope: "Mail.Read", client_info: undefined, id_token: undefined });
    provider.expectToken(authority, { json: answer });
    await app.acquireTokenSilent(["Mail.Read"], account);
    expect(await app.acquireTokenSilent(["Mail.Read"], account)).toMatchObject({ token_source: "cache", account });
  });

  it("files the access token under the scopes that were granted", async () => {
    const { app, provider, cache, clock } = publicApp();
    const account = signIn({ cache, clock });
    provider.expectToken(authority, { json: userTokens(clock, { scope: "Mail.Read Mail.Send" }) });
    await app.acquireTokenSilent(["Mail.Read"], account);
    expect(await app.acquireTokenSilent(["Mail.Send"], account)).toMatchObject({ token_source: "cache" });
    expect(cache.find("AccessToken", { query: { home_account_id: homeAccountId(alice) } })).toHaveLength(2);
    expect(provider.lastPost.form["client_id"]).toBe(clientId);
  });
});
