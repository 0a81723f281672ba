import { describe, expect, it } from "vitest";
import { type Account, SerializableTokenCache } from "../../src/index.ts";
import type { FakeBrokerOptions } from "../../src/testing.ts";
import { createGate, settled } from "../support/gate.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { alice, authority, clientId, homeAccountId, refusal, userTokens } from "../support/token-answers.ts";
import { type BrokeredWorld, brokeredApp, inConsole } from "./brokered-app.ts";
import { accountOf, signIn } from "./signed-in.ts";

const others = ["Files.Read"];

/** Alice has signed in by the broker. */
async function signedIn(machine?: FakeBrokerOptions): Promise<BrokeredWorld & { readonly account: Account }> {
  const world = brokeredApp(machine);
  await world.app.acquireTokenInteractive(["User.Read"], inConsole);
  return { ...world, account: accountOf() };
}

describe("B5.13 acquireTokenSilent by the broker", () => {
  it("asks for what the cache does not have, by the broker's own id of the account", async () => {
    const { app, account, broker, cache } = await signedIn();
    const correlationId = "11111111-2222-4333-8444-555555555555";
    const claimsChallenge = '{"access_token":{"acrs":null}}';
    const result = await app.acquireTokenSilent(others, account, { correlationId, claimsChallenge });
    expect(result).toMatchObject({
      token_source: "broker",
      scope: "Files.Read",
      account: { username: alice.username },
    });
    expect(broker.calls[1]).toMatchObject({
      method: "acquireTokenSilently",
      accountId: "fake-account-1",
      request: {
        clientId,
        authority,
        scopes: others,
        claims: claimsChallenge,
        parameters: {},
        correlationId,
      },
    });
    expect(cache.find("AccessToken", { target: others })).toHaveLength(1);
  });

  it.each([{ forceRefresh: true }, { claimsChallenge: '{"access_token":{}}' }])(
    "leaves the cache aside with %o",
    async (options) => {
      const { app, account } = await signedIn();
      expect(await app.acquireTokenSilent(["User.Read"], account, options)).toMatchObject({ token_source: "broker" });
    },
  );

  it("B5.11 asks once for equal calls", async () => {
    const { app, account, asked } = await signedIn();
    await Promise.all([1, 2, 3].map(() => app.acquireTokenSilent(others, account)));
    expect(asked()).toEqual(["signInSilently", "acquireTokenSilently"]);
  });

  it("asks for users who signed in in the browser, by their object id, before their refresh token", async () => {
    const world = brokeredApp();
    const account = signIn(world);
    world.provider.expectToken(authority, { json: userTokens(world.clock, { access_token: "refreshed" }) });
    const result = await world.app.acquireTokenSilent(others, account);
    expect(world.broker.calls).toMatchObject([{ method: "acquireTokenSilently", accountId: alice.uid }]);
    expect(result).toMatchObject({ access_token: "refreshed", token_source: "identity_provider" });
  });

  it("gives null where neither the broker nor the cache has the account", async () => {
    const { app, cache, account, broker } = await signedIn();
    await broker.signOut("fake-account-1", { clientId, correlationId: "id" });
    expect(await app.acquireTokenSilentWithError(others, account)).toBeNull();
    expect(cache.find("Account")).toHaveLength(1);
  });

  it("gives the broker's refusal, though there is a refresh token", async () => {
    const world = brokeredApp();
    const account = signIn(world);
    world.broker.refuseNext("interaction_required", "the reason");
    expect(await world.app.acquireTokenSilentWithError(others, account)).toMatchObject({
      error: "interaction_required",
      error_description: "the reason",
    });
    world.broker.refuseNext("interaction_required");
    expect(await world.app.acquireTokenSilent(others, account)).toBeNull();
  });

  it("throws what is no outcome", async () => {
    const { app, account, broker } = await signedIn();
    broker.refuseNext("no_network");
    expect(await msalErrorFrom(app.acquireTokenSilent(others, account))).toMatchObject({ code: "network_error" });
  });

  it("goes on with the refresh token where the broker cannot serve now", async () => {
    const world = brokeredApp();
    const account = signIn(world);
    world.broker.refuseNext("unavailable", "the service is stopped");
    world.provider.expectToken(authority, refusal("invalid_grant"));
    expect(await world.app.acquireTokenSilentWithError(others, account)).toMatchObject({ error: "invalid_grant" });
    expect(world.log).toContainEqual(expect.stringMatching(/^debug: .*the service is stopped/));
  });

  it("serves an account that comes from elsewhere, and takes it in", async () => {
    const { app, cache } = brokeredApp();
    const account = { ...accountOf(), localAccountId: "fake-account-1" };
    expect(await app.acquireTokenSilent(others, account)).toMatchObject({ token_source: "broker" });
    expect(cache.find("Account")).toMatchObject([{ home_account_id: homeAccountId(alice) }]);
  });

  it("reads the id that MSAL Python files for a broker's account", async () => {
    const cache = new SerializableTokenCache();
    const world = brokeredApp({}, { tokenCache: cache });
    signIn({ cache, clock: world.clock });
    const [entry] = cache.find("Account");
    if (entry !== undefined) cache.modify("Account", entry, { local_account_id: "fake-account-1" });
    expect(await world.app.acquireTokenSilent(others, accountOf())).toMatchObject({ token_source: "broker" });
  });

  it("B4.8 keeps a user signed out who was removed meanwhile", async () => {
    const { app, account, broker, cache } = await signedIn();
    const original = { ...broker };
    const gate = createGate();
    broker.acquireTokenSilently = async (...call) => {
      const answer = await original.acquireTokenSilently(...call);
      await gate.opened;
      return answer;
    };
    const waiting = app.acquireTokenSilent(others, account);
    await settled();
    await app.removeAccount(account);
    gate.open();
    expect(await waiting).toMatchObject({ token_source: "broker" });
    expect(cache.find("AccessToken")).toEqual([]);
    expect(cache.find("Account")).toEqual([]);
  });

  it("ends when the caller aborts", async () => {
    const { app, account, broker } = await signedIn();
    broker.acquireTokenSilently = () => new Promise(() => {});
    const controller = new AbortController();
    const waiting = app.acquireTokenSilent(others, account, { signal: controller.signal });
    controller.abort();
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted" });
  });

  it("is none of the application's own tokens", async () => {
    const { app, asked } = await signedIn();
    expect(await app.acquireTokenSilent(others, null)).toBeNull();
    expect(asked()).toEqual(["signInSilently"]);
  });
});

describe("B5.14 explainSilent with a broker", () => {
  it("says that it is asked before the refresh tokens", async () => {
    const world = brokeredApp();
    const explanation = await world.app.explainSilent(others, signIn(world));
    expect(explanation).toMatchObject({
      outcome: "request",
      request: { to: "broker", reason: "no_token", inBackground: false },
      attempts: [{ role: "own" }],
    });
    expect(explanation.text).toContain("Request: the operating system's broker, if one serves here");
    expect(world.asked()).toEqual([]);
  });

  it("says that it is asked where there is no refresh token", async () => {
    const { app, account } = await signedIn();
    expect(await app.explainSilent(others, account)).toMatchObject({ outcome: "request", request: { to: "broker" } });
  });

  it("says that it is not asked at another kind of authority", async () => {
    const { app } = brokeredApp({}, { oidcAuthority: "https://login.example", authority: undefined as never });
    const { request } = await app.explainSilent(others, accountOf());
    expect(request).toBeUndefined();
  });
});

describe("B5.13 removeAccount by the broker", () => {
  it("signs out there first, then empties the cache", async () => {
    const { app, account, broker, cache } = await signedIn();
    await app.removeAccount(account, { correlationId: "id" });
    expect(broker.calls[1]).toEqual({
      method: "signOut",
      accountId: "fake-account-1",
      request: { clientId, correlationId: "id" },
    });
    expect(cache.find("Account")).toEqual([]);
  });

  it.each(["no_network", "account_not_found"] as const)(
    "empties the cache whatever the broker says: %s",
    async (status) => {
      const { app, account, broker, cache, log } = await signedIn();
      broker.refuseNext(status, "the reason");
      await app.removeAccount(account);
      expect(cache.find("Account")).toEqual([]);
      const warned = log.some((line) => line.startsWith("warn:") && line.includes("the reason"));
      // An account that is gone already is what was wanted.
      expect(warned).toBe(status === "no_network");
    },
  );

  it("empties the cache though the broker throws", async () => {
    const { app, account, broker, cache } = await signedIn();
    broker.signOut = () => Promise.reject(new Error("out of order"));
    await app.removeAccount(account);
    expect(cache.find("Account")).toEqual([]);
  });

  it("ends when the caller aborts, with nothing removed", async () => {
    const { app, account, broker, cache } = await signedIn();
    broker.signOut = () => new Promise(() => {});
    const controller = new AbortController();
    const waiting = app.removeAccount(account, { signal: controller.signal });
    controller.abort();
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted" });
    expect(cache.find("Account")).toHaveLength(1);
  });
});

describe("B5.13 acquireTokenByUsernamePassword by the broker", () => {
  const password = `password of ${alice.username}`;

  it("asks it, and not the user realm nor the token endpoint", async () => {
    const { app, broker, provider } = brokeredApp();
    const result = await app.acquireTokenByUsernamePassword(alice.username, password, others);
    expect(result).toMatchObject({ token_source: "broker", account: { username: alice.username } });
    expect(broker.calls).toMatchObject([
      { method: "signInWithPassword", request: { username: alice.username, password, scopes: others } },
    ]);
    expect(provider.requests).toEqual([]);
  });

  it("gives its refusal", async () => {
    const { app } = brokeredApp();
    const result = await app.acquireTokenByUsernamePassword(alice.username, "wrong", others);
    expect(result).toMatchObject({ error: "interaction_required" });
  });

  it("goes on by the network where it cannot serve", async () => {
    const { app, broker, provider, clock } = brokeredApp();
    broker.refuseNext("unavailable");
    provider.expect("GET", `https://login.microsoftonline.com/common/userrealm/alice%40contoso.com?api-version=1.0`, {
      json: { account_type: "Managed" },
    });
    provider.expectToken(authority, { json: userTokens(clock) });
    const result = await app.acquireTokenByUsernamePassword(alice.username, password, others);
    expect(result).toMatchObject({ token_source: "identity_provider" });
  });
});
