import { describe, expect, it } from "vitest";
import { type AuthResult, type ClientApplication, type HttpCache, unwrap } from "../../src/index.ts";
import { type AppWorld, confidentialApp, publicApp } from "../support/apps.ts";
import { alice, appTokens, authority, bob, host, refusal, userTokens } from "../support/token-answers.ts";
import { msalErrorFrom, msalErrorOf } from "../support/thrown.ts";
import { signIn } from "./signed-in.ts";

const scopes = ["User.Read"];
const busy = { status: 429, headers: { "retry-after": "30" }, json: { error: "temporarily_unavailable" } };
const correlationId = "11111111-2222-4333-8444-555555555555";

describe("what a throttled call gives (B6.3)", () => {
  it("is the provider's own refusal, marked, with the seconds left and the call's own id", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { ...busy, json: { ...busy.json, correlation_id: "of the first" } });
    const first = await app.acquireTokenForClient(scopes);
    expect(first).toEqual({ error: "temporarily_unavailable", correlation_id: "of the first", retry_after: 30 });
    clock.advance(12_000);
    const again = await app.acquireTokenForClient(scopes, { correlationId });
    expect(again).toEqual({
      error: "temporarily_unavailable",
      correlation_id: correlationId,
      retry_after: 18,
      throttled: true,
    });
    expect(msalErrorOf(() => unwrap(again))).toMatchObject({ retryAfter: 18, throttled: true, correlationId });
  });

  it("is the same error, marked, where the provider failed", async () => {
    const { app, provider, log } = publicApp();
    provider.expectToken(authority, { status: 503, body: "<html>" });
    const call = (): Promise<AuthResult> => app.acquireTokenByRefreshToken("r", scopes, { correlationId });
    expect(await msalErrorFrom(call())).not.toHaveProperty("throttled");
    expect(await msalErrorFrom(call())).toMatchObject({
      code: "server_error",
      status: 503,
      retryable: true,
      throttled: true,
      retryAfter: 60,
      correlationId,
    });
    expect(log.filter((line) => line.startsWith("warn: ") && line.includes("not sent"))).toHaveLength(1);
    expect(log.filter((line) => line.includes(": 503 after"))).toHaveLength(1);
  });

  it("is an error with these too where a device code is refused", async () => {
    const { app, provider } = publicApp();
    provider.expect("POST", `${authority}/oauth2/v2.0/devicecode`, busy);
    expect(await msalErrorFrom(app.initiateDeviceFlow(scopes))).toMatchObject({ retryAfter: 30 });
    expect(await msalErrorFrom(app.initiateDeviceFlow(scopes))).toMatchObject({
      code: "request_refused",
      throttled: true,
    });
  });

  it("is not told to the provider as a failed request (B2.4)", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, refusal("invalid_scope")).expectToken(authority, { json: appTokens() });
    for (let call = 0; call < 3; call += 1) await app.acquireTokenForClient(scopes, { correlationId });
    clock.advance(60_000);
    await app.acquireTokenForClient(scopes);
    const last = provider.lastPost.headers.get("x-client-last-telemetry");
    expect(last).toBe(`4|0|730,${correlationId}|invalid_scope|`);
  });
});

describe("how long a call is throttled where the provider names no time (B6.3)", () => {
  it.each([
    ["a public client", 60, publicApp],
    ["a confidential client", 5, confidentialApp],
  ])("is, for %s, %i seconds", async (_, seconds, make) => {
    const { app, provider, clock }: AppWorld & { app: ClientApplication } = make();
    const call = (): Promise<AuthResult> => app.acquireTokenByRefreshToken("r", scopes);
    provider.expectToken(authority, { status: 503 });
    await msalErrorFrom(call());
    clock.advance(seconds * 1000 - 1);
    expect((await msalErrorFrom(call())).throttled).toBe(true);
    clock.advance(1);
    provider.expectToken(authority, { json: userTokens(clock) });
    expect(await call()).toMatchObject({ token_source: "identity_provider" });
  });
});

describe("a refusal of one request (B6.3)", () => {
  it("does not stand against forceRefresh, claims, or a new secret", async () => {
    const httpCache = new Map();
    const { app, provider } = confidentialApp({ httpCache });
    provider.expectToken(authority, refusal("invalid_scope"));
    await app.acquireTokenForClient(scopes);
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ error: "invalid_scope", throttled: true });
    provider.expectToken(authority, refusal("a")).expectToken(authority, refusal("b"));
    expect(await app.acquireTokenForClient(scopes, { forceRefresh: true })).toMatchObject({ error: "a" });
    expect(await app.acquireTokenForClient(scopes, { claimsChallenge: "{}" })).toMatchObject({ error: "b" });
    const renewed = confidentialApp({ httpCache, clientCredential: "new-secret" });
    renewed.provider.expectToken(authority, { json: appTokens() });
    expect(await renewed.app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
  });

  it("does not stand against the user's next try with another password", async () => {
    const { app, provider, clock } = publicApp();
    const realm = `https://${host}/common/userrealm/${encodeURIComponent(alice.username)}?api-version=1.0`;
    const managed = { json: { account_type: "Managed" } };
    provider.expect("GET", realm, managed).expectToken(authority, refusal("invalid_grant"));
    await app.acquireTokenByUsernamePassword(alice.username, "mistyped", scopes);
    provider.expect("GET", realm, managed);
    const again = await app.acquireTokenByUsernamePassword(alice.username, "mistyped", scopes);
    expect(again).toMatchObject({ error: "invalid_grant", throttled: true });
    provider.expect("GET", realm, managed).expectToken(authority, { json: userTokens(clock) });
    const result = await app.acquireTokenByUsernamePassword(alice.username, "right", scopes);
    expect(result).toMatchObject({ token_source: "identity_provider" });
  });

  it("never answers the poll for a device code", async () => {
    const { app, provider, clock } = publicApp();
    const flow = {
      user_code: "u",
      device_code: "d",
      verification_uri: "https://v.example",
      message: "m",
      interval: 5,
      expires_in: 60,
      expires_at: clock.now() / 1000 + 60,
    };
    const denied = refusal("access_denied");
    provider.expectToken(authority, denied).expectToken(authority, denied);
    for (let poll = 0; poll < 2; poll += 1) {
      expect(await app.acquireTokenByDeviceFlow(flow)).not.toHaveProperty("throttled");
    }
  });
});

/** A grant, for one user or another. */
interface UserCall {
  readonly name: string;
  readonly call: (world: World, user: "alice" | "bob") => Promise<AuthResult | null>;
}

type World = ReturnType<typeof confidentialApp>;
const users = { alice, bob };

const grants: readonly UserCall[] = [
  {
    name: "a refresh token of the cache",
    call: ({ app, ...world }, user) =>
      app.acquireTokenSilentWithError(["Mail.Read"], signIn(world, { user: users[user], refresh_token: user })),
  },
  { name: "a refresh token from elsewhere", call: ({ app }, user) => app.acquireTokenByRefreshToken(user, scopes) },
  {
    name: "an authorization code",
    call: ({ app }, user) => app.acquireTokenByAuthorizationCode(user, scopes),
  },
  { name: "on behalf of a caller", call: ({ app }, user) => app.acquireTokenOnBehalfOf(user, scopes) },
  {
    name: "a password",
    call({ app, provider }, user) {
      const name = users[user].username;
      const realm = `https://${host}/common/userrealm/${encodeURIComponent(name)}?api-version=1.0`;
      provider.expect("GET", realm, { json: { account_type: "Managed" } });
      return app.acquireTokenByUsernamePassword(name, "the same password", scopes);
    },
  },
];

describe.each(grants)("B7.1 a 429 for $name", ({ call }) => {
  it("holds for that user, and answers no other, nor the application itself", async () => {
    const world = confidentialApp();
    const { provider } = world;
    const first = (): Promise<AuthResult | null> => call(world, "alice");
    const second = (): Promise<AuthResult | null> => call(world, "bob");
    // Expected as they come: some grants ask for more than the token.
    const tokenComes = (reply: object): void => void provider.expectToken(authority, reply);
    const ask = async (user: () => Promise<AuthResult | null>, reply?: object): Promise<AuthResult | null> => {
      const asked = user();
      if (reply !== undefined) tokenComes(reply);
      return asked;
    };
    expect(await ask(first, busy)).toMatchObject({ error: "temporarily_unavailable" });
    expect(await ask(first)).toMatchObject({ error: "temporarily_unavailable", throttled: true });
    expect(await ask(second, refusal("invalid_grant"))).toMatchObject({ error: "invalid_grant" });
    provider.expectToken(authority, { json: appTokens() });
    expect(await world.app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
  });
});

describe("the HTTP cache of an application (B6.2)", () => {
  it("carries discovery over to the next run, which then asks for nothing but the token", async () => {
    const httpCache = new Map();
    const first = confidentialApp({ httpCache });
    first.provider.expectToken(authority, { json: appTokens() });
    await first.app.acquireTokenForClient(scopes);
    const saved = JSON.stringify([...httpCache]);
    const second = confidentialApp({ httpCache: new Map(JSON.parse(saved) as []) });
    second.provider.expectToken(authority, { json: appTokens() });
    await second.app.acquireTokenForClient(scopes);
    expect(second.provider.requests.map(({ method }) => method)).toEqual(["POST"]);
  });

  it("does not keep a configuration whose issuer is not to be trusted (B6.3)", async () => {
    const httpCache = new Map();
    const { app, provider } = confidentialApp({ httpCache });
    provider.knows(authority, { issuer: "https://evil.example/v2.0" });
    expect((await msalErrorFrom(app.acquireTokenForClient(scopes))).code).toBe("issuer_mismatch");
    expect([...httpCache.keys()]).toEqual([]);
    provider.knows(authority).expectToken(authority, { json: appTokens() });
    expect(await app.acquireTokenForClient(scopes)).toMatchObject({ access_token: "app-token" });
  });

  it("is not touched by a call that the token cache answers", async () => {
    const touch = (): never => {
      throw new Error("touched");
    };
    const untouchable: HttpCache = { get: touch, set: touch, delete: touch, keys: touch };
    const { app, log, ...world } = publicApp({ httpCache: untouchable });
    const account = signIn(world);
    expect(await app.acquireTokenSilent(["User.Read"], account)).toMatchObject({ token_source: "cache" });
    expect(log.filter((line) => line.includes("httpCache"))).toEqual([]);
  });

  it("holds no token, secret or name after a sign-in and a refusal", async () => {
    const httpCache = new Map();
    const { app, provider, clock } = confidentialApp({ httpCache });
    const told = `AADSTS: the user ${alice.username} sent refresh-token-of-alice`;
    provider
      .expectToken(authority, { json: userTokens(clock) })
      .expectToken(authority, { json: { error: "invalid_grant", error_description: told }, status: 400 })
      .expectToken(authority, { json: { error: "invalid_grant", error_description: told }, status: 429 });
    await app.acquireTokenByRefreshToken("refresh-token-of-alice", scopes);
    await app.acquireTokenByRefreshToken("refresh-token-of-alice", scopes);
    await app.acquireTokenByRefreshToken("refresh-token-of-alice", ["Mail.Read"]);
    expect(httpCache.size).toBe(3);
    expect(JSON.stringify([...httpCache])).not.toMatch(/alice|access-token|client-secret|eyJ/);
  });
});
