import { describe, expect, it } from "vitest";
import type { AuthCodeFlow, AuthCodeFlowOptions, AuthorizeResponse } from "../../src/index.ts";
import { type AppWorld, confidentialApp, publicApp } from "../support/apps.ts";
import { neverAnswers } from "../support/fake-provider.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import {
  alice,
  authority,
  clientId,
  clientInfo,
  homeAccountId,
  host,
  refusal,
  tenantId,
  unsigned,
  userTokens,
} from "../support/token-answers.ts";

const redirectUri = "https://app.contoso.com/auth/callback";

interface Started extends AppWorld {
  readonly flow: AuthCodeFlow;
  /** What the sign-in page sends back. */
  readonly response: Record<string, string>;
  readonly redeem: (
    response?: AuthorizeResponse,
    options?: { scopes?: string[]; signal?: AbortSignal },
  ) => Promise<object>;
}

async function start(
  options: AuthCodeFlowOptions = {},
  world: ReturnType<typeof confidentialApp> | ReturnType<typeof publicApp> = confidentialApp(),
): Promise<Started> {
  const { app, ...rest } = world;
  const flow = await app.initiateAuthCodeFlow(["User.Read", "Mail.Read"], { redirectUri, ...options });
  const response = { code: "the-code", state: flow.state, session_state: "s" };
  const redeem: Started["redeem"] = (answer = response, redeemOptions = {}) =>
    app.acquireTokenByAuthCodeFlow(flow, answer, redeemOptions);
  return { ...rest, flow, response, redeem };
}

/** The nonce that the id token has to carry. */
const nonceOf = ({ auth_uri }: AuthCodeFlow): string => new URL(auth_uri).searchParams.get("nonce") ?? "";

/** Tokens for this sign-in. */
function answerTo({ flow, clock }: Started, claims: Record<string, unknown> = {}): { json: object } {
  return { json: userTokens(clock, { claims: { nonce: nonceOf(flow), ...claims } }) };
}

describe("acquireTokenByAuthCodeFlow", () => {
  it("B2.1 B2.2 redeems the code with exactly this form", async () => {
    const started = await start();
    const { provider, flow } = started;
    provider.expectToken(authority, answerTo(started));
    await started.redeem();
    expect(provider.lastPost.form).toEqual({
      client_id: clientId,
      client_secret: "client-secret",
      client_info: "1",
      grant_type: "authorization_code",
      code: "the-code",
      code_verifier: flow.code_verifier,
      redirect_uri: redirectUri,
      scope: "Mail.Read User.Read offline_access openid profile",
    });
  });

  it("B2.1 B2.3 B2.4 B2.5 sends exactly these headers", async () => {
    const world = publicApp({ appName: "My App", appVersion: "1.2" });
    const started = await start({}, world);
    const { provider, response } = started;
    provider.expectToken(authority, answerTo(started));
    await started.redeem({ ...response, client_info: clientInfo(alice) });
    const { "client-request-id": requestId, ...headers } = Object.fromEntries(provider.lastPost.headers);
    expect(requestId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(headers).toEqual({
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded;charset=utf-8",
      "x-client-sku": "msal-ts",
      "x-client-ver": expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
      "x-client-os": process.platform,
      "x-ms-lib-capability": "retry-after, h429",
      "x-app-name": "My App",
      "x-app-ver": "1.2",
      "x-client-current-telemetry": "4|832,0|",
      "x-client-last-telemetry": "4|0|||",
      "x-anchormailbox": `Oid:${alice.uid}@${tenantId}`,
    });
  });

  it("B2.5 names no mailbox when no client_info came with the code", async () => {
    const started = await start();
    started.provider.expectToken(authority, answerTo(started));
    await started.redeem();
    expect(started.provider.lastPost.headers.has("x-anchormailbox")).toBe(false);
  });

  it("gives the tokens, the claims and the account", async () => {
    const started = await start();
    const { provider, clock } = started;
    const answer = userTokens(clock, { claims: { nonce: nonceOf(started.flow) }, refresh_in: 1800 });
    provider.expectToken(authority, { json: answer });
    expect(await started.redeem()).toEqual({
      access_token: "access-token",
      token_type: "Bearer",
      expires_in: 3600,
      scope: "User.Read openid profile",
      id_token: expect.stringMatching(/^ey/) as unknown,
      id_token_claims: expect.objectContaining({ preferred_username: alice.username, oid: alice.uid }) as unknown,
      refresh_token: "refresh-token",
      refresh_on: clock.now() / 1000 + 1800,
      token_source: "identity_provider",
      correlation_id: provider.lastPost.headers.get("client-request-id"),
      account: {
        homeAccountId: homeAccountId(alice),
        environment: host,
        tenantId,
        localAccountId: alice.uid,
        username: alice.username,
        name: alice.name,
        authorityType: "MSSTS",
      },
    });
  });

  it("gives an id token alone where the provider gives no other, and caches the user", async () => {
    const started = await start();
    const { json } = answerTo(started);
    started.provider.expectToken(authority, { json: { ...json, access_token: undefined, refresh_token: undefined } });
    const result = await started.redeem();
    expect(result).toMatchObject({ id_token_claims: { oid: alice.uid }, account: { username: alice.username } });
    expect(result).not.toHaveProperty("access_token");
    expect(started.cache.find("AccessToken")).toEqual([]);
    expect(started.cache.find("Account")).toMatchObject([{ username: alice.username }]);
  });

  it("caches what it gets, for silent calls", async () => {
    const world = confidentialApp();
    const started = await start({}, world);
    world.provider.expectToken(authority, answerTo(started));
    await started.redeem();
    const [account] = await world.app.getAccounts();
    expect(account?.username).toBe(alice.username);
    const silent = account && (await world.app.acquireTokenSilent(["User.Read"], account));
    expect(silent).toMatchObject({ access_token: "access-token", token_source: "cache", account });
  });

  it("B5.2 asks for fewer scopes than the flow when told so", async () => {
    const started = await start();
    started.provider.expectToken(authority, answerTo(started));
    await started.redeem(started.response, { scopes: ["Mail.Read"] });
    expect(started.provider.lastPost.form["scope"]).toBe("Mail.Read offline_access openid profile");
  });

  it("B2.7 sends the claims challenge of the flow, with the capabilities", async () => {
    const claimsChallenge = '{"access_token":{"nbf":{"essential":true}}}';
    const started = await start({ claimsChallenge }, confidentialApp({ clientCapabilities: ["CP1"] }));
    started.provider.expectToken(authority, answerTo(started));
    await started.redeem();
    expect(JSON.parse(started.provider.lastPost.form["claims"] ?? "")).toEqual({
      access_token: { nbf: { essential: true }, xms_cc: { values: ["CP1"] } },
    });
  });

  it.each([
    ["URLSearchParams", (fields: Record<string, string>) => new URLSearchParams(fields)],
    [
      "a parsed query of Express",
      (fields: Record<string, string>) => Object.assign(Object.create(null) as object, fields),
    ],
    [
      "a query whose values are lists",
      (fields: Record<string, string>) =>
        Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]])),
    ],
  ])("B5.2 takes %s", async (_, wrap) => {
    const started = await start({ responseMode: "form_post" });
    started.provider.expectToken(authority, answerTo(started));
    await started.redeem(wrap(started.response));
    expect(started.provider.lastPost.form["code"]).toBe("the-code");
  });

  it("B5.1 takes a flow that was kept as JSON, by an application that knows nothing of its start", async () => {
    const { flow, response, clock } = await start();
    const { app, provider } = confidentialApp({}, clock);
    provider.expectToken(authority, { json: userTokens(clock, { claims: { nonce: nonceOf(flow) } }) });
    const kept = JSON.parse(JSON.stringify(flow)) as AuthCodeFlow;
    expect(await app.acquireTokenByAuthCodeFlow(kept, response)).toHaveProperty("access_token");
    expect(provider.lastPost.form["code_verifier"]).toBe(flow.code_verifier);
  });

  it("B5.2 gives back of an error response only what the protocol knows", async () => {
    const { redeem, flow, cache } = await start();
    const response = {
      error: "access_denied",
      error_description: "The user said no",
      error_uri: "https://login.contoso.com/error",
      error_subcode: "cancel",
      state: flow.state,
    };
    const { error_subcode: _subcode, state: _state, ...rest } = response;
    expect(await redeem(response)).toEqual(rest);
    expect(cache.find("Account")).toEqual([]);
  });

  it("gives the token endpoint's refusal as a value", async () => {
    const started = await start();
    started.provider.expectToken(authority, refusal("invalid_grant", { suberror: "bad_token", error_codes: [70000] }));
    expect(await started.redeem()).toMatchObject({
      error: "invalid_grant",
      suberror: "bad_token",
      error_codes: [70000],
    });
  });

  it("ends at once when the caller aborts", async () => {
    const started = await start();
    const controller = new AbortController();
    started.provider.expectToken(authority, (request) => {
      controller.abort(new Error("enough"));
      return neverAnswers(request);
    });
    const error = await msalErrorFrom(started.redeem(started.response, { signal: controller.signal }));
    expect(error).toMatchObject({ code: "aborted", name: "AbortError" });
    expect(started.clock.pending).toBe(0);
  });

  it("ends when the token endpoint does not answer in time", async () => {
    const started = await start({}, confidentialApp({ timeout: 7 }));
    const { clock } = started;
    started.provider.expectToken(authority, (request) => {
      setImmediate(() => clock.advance(7_000));
      return neverAnswers(request);
    });
    expect(await msalErrorFrom(started.redeem())).toMatchObject({ code: "request_timeout", retryable: true });
  });
});

describe("acquireTokenByAuthCodeFlow refuses, before any request", () => {
  it.each<[string, (flow: AuthCodeFlow) => object, string]>([
    [
      "a flow without state",
      (flow) => ({ ...flow, state: undefined }),
      '"flow" must be the object that initiateAuthCodeFlow gave',
    ],
    ["a flow that is none", () => [], '"flow" must be the object'],
  ])("B5.2 %s", async (_, spoil, message) => {
    const { app, provider } = confidentialApp();
    const flow = spoil(await app.initiateAuthCodeFlow([])) as AuthCodeFlow;
    const sent = provider.requests.length;
    await expect(app.acquireTokenByAuthCodeFlow(flow, { code: "c", state: "s" })).rejects.toThrow(message);
    expect(provider.requests).toHaveLength(sent);
  });

  it.each<[string, (state: string) => Record<string, unknown>, string]>([
    ["another state", (state) => ({ code: "c", state: `${state}x` }), "another state than the one sent"],
    ["no state", () => ({ code: "c" }), "carries no state"],
    ["an error of another sign-in", () => ({ error: "access_denied", state: "other" }), "another state"],
    ["neither code nor error", (state) => ({ state }), '"authResponse" must hold a code or an error'],
    ["two codes", (state) => ({ state, code: ["a", "b"] }), 'must hold "code" once'],
  ])("B5.2 a response with %s", async (_, response, message) => {
    const { redeem, flow, provider } = await start();
    await expect(redeem(response(flow.state))).rejects.toThrow(message);
    expect(provider.posts).toEqual([]);
  });

  it("B5.2 another state, by an application that has not discovered anything yet", async () => {
    const { flow } = await start();
    const { app, provider } = confidentialApp();
    const error = await msalErrorFrom(app.acquireTokenByAuthCodeFlow(flow, { code: "c", state: "forged" }));
    expect(error.code).toBe("state_mismatch");
    expect(provider.requests).toEqual([]);
  });

  it("B5.2 scopes that the flow did not ask for", async () => {
    const { redeem, response, provider } = await start();
    await expect(redeem(response, { scopes: ["Mail.Read", "Files.Read"] })).rejects.toThrow(
      /"scopes" must be among those of the flow .*does not hold Files\.Read/,
    );
    expect(provider.posts).toEqual([]);
  });

  it("B5.3 a response of another issuer (RFC 9207)", async () => {
    const { redeem, response, provider } = await start();
    const error = await msalErrorFrom(redeem({ ...response, iss: "https://evil.example/v2.0" }));
    expect(error.code).toBe("issuer_mismatch");
    expect(provider.posts).toEqual([]);
  });

  it("B5.3 a response of the authority's own issuer is taken", async () => {
    const started = await start();
    started.provider.expectToken(authority, answerTo(started));
    await started.redeem({ ...started.response, iss: `https://${host}/${tenantId}/v2.0` });
    expect(started.provider.posts).toHaveLength(1);
  });
});

describe("B7.3 an id token that breaks a rule leaves no trace in the cache", () => {
  const outdated = (name: string, seconds: number) => (now: number) => ({ [name]: now + seconds });
  it.each<[string, (now: number) => Record<string, unknown>]>([
    ["nonce", () => ({ nonce: "another" })],
    ["aud", () => ({ aud: "another-client" })],
    ["iss", () => ({ iss: "https://evil.example/v2.0" })],
    ["exp", outdated("exp", -120)],
    ["nbf", outdated("nbf", 121)],
  ])("B5.3 a wrong %s", async (rule, claims) => {
    const started = await start();
    const { cache, clock, provider } = started;
    const answer = answerTo(started, claims(clock.now() / 1000));
    provider.expectToken(authority, answer);
    const error = await msalErrorFrom(started.redeem());
    expect(error.code).toBe("invalid_id_token");
    expect(error.message).toContain(`breaks the rule for "${rule}"`);
    expect(JSON.parse(cache.serialize())).toEqual({
      AccessToken: {},
      RefreshToken: {},
      IdToken: {},
      Account: {},
      AppMetadata: {},
    });
  });

  it("B5.3 a missing nonce is refused", async () => {
    const started = await start();
    started.provider.expectToken(authority, answerTo(started, { nonce: undefined }));
    expect((await msalErrorFrom(started.redeem())).message).toContain('"nonce"');
  });

  it.each([
    ["exp", -119],
    ["nbf", 120],
  ])("B5.3 %s may be off by 120 s", async (name, seconds) => {
    const started = await start();
    started.provider.expectToken(authority, answerTo(started, { [name]: started.clock.now() / 1000 + seconds }));
    expect(await started.redeem()).toHaveProperty("access_token");
  });

  it("B5.3 the nonce itself in place of its hash is refused", async () => {
    const started = await start();
    started.provider.expectToken(authority, answerTo(started, { nonce: started.flow.nonce }));
    expect((await msalErrorFrom(started.redeem())).message).toContain('"nonce"');
  });

  it.each([
    ["is missing", undefined],
    ["is older than asked", -60 - 121],
  ])("B5.3 a sign-in whose auth_time %s does not satisfy max_age", async (_, seconds) => {
    const started = await start({ maxAge: 60 });
    const claims = seconds === undefined ? {} : { auth_time: started.clock.now() / 1000 + seconds };
    started.provider.expectToken(authority, answerTo(started, claims));
    expect((await msalErrorFrom(started.redeem())).message).toContain('"auth_time"');
    expect(started.cache.find("AccessToken")).toEqual([]);
  });

  it("B5.3 a sign-in that is young enough satisfies max_age", async () => {
    const started = await start({ maxAge: 60 });
    started.provider.expectToken(authority, answerTo(started, { auth_time: started.clock.now() / 1000 - 60 - 120 }));
    expect(await started.redeem()).toHaveProperty("access_token");
  });

  it("B5.3 takes the issuer of the user's own tenant where the authority serves many, and no other", async () => {
    const common = "https://login.microsoftonline.com/common";
    const issuerOf = (tenant: string): string => `https://login.microsoftonline.com/${tenant}/v2.0`;
    const started = await start({}, confidentialApp({ authority: common }));
    started.provider.expectToken(common, answerTo(started, { iss: issuerOf("other") }));
    const error = await msalErrorFrom(started.redeem());
    expect(error.code).toBe("invalid_id_token");
    expect(error.message).toContain(`expected "${issuerOf(tenantId)}", found "${issuerOf("other")}"`);
    expect(started.cache.find("AccessToken")).toEqual([]);
    const again = await start({}, confidentialApp({ authority: common }));
    again.provider.expectToken(common, answerTo(again, { iss: issuerOf(tenantId) }));
    expect(await again.redeem()).toHaveProperty("access_token");
  });

  it("never shows a token", async () => {
    const started = await start();
    const token = unsigned({ sub: "s" });
    started.provider.expectToken(authority, { json: { ...userTokens(started.clock), id_token: token } });
    const error = await msalErrorFrom(started.redeem());
    expect(error.code).toBe("invalid_id_token");
    expect(error.message).not.toContain(token.split(".")[1]);
  });
});
