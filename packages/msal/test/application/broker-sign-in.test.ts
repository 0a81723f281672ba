import { describe, expect, it } from "vitest";
import { isInteractionRequired } from "../../src/index.ts";
import type { BrokerAnswer, InteractiveOptions, PublicClientApplication } from "../../src/index.ts";
import { settled } from "../support/gate.ts";
import { argumentErrorFrom, msalErrorFrom } from "../support/thrown.ts";
import { alice, authority, bob, clientId, homeAccountId, userTokens } from "../support/token-answers.ts";
import { brokeredApp, inConsole } from "./brokered-app.ts";
import { signIn } from "./signed-in.ts";

const scopes = ["User.Read"];
const call = { clientId, authority, scopes, correlationId: "id" };
const stranger = "carol@contoso.com";

describe("B5.13 acquireTokenInteractive by the broker: what it is asked", () => {
  const silently = ["signInSilently"];
  const inWindow = ["signInInteractively"];
  const both = [...silently, ...inWindow];
  it.each<[row: string, options: InteractiveOptions, asked: string[], username: string]>([
    ["no prompt, no hint", {}, silently, alice.username],
    ["no prompt, an empty hint", { loginHint: "" }, silently, alice.username],
    ["a hint at the default user", { loginHint: alice.username }, silently, alice.username],
    ["a hint in capitals", { loginHint: alice.username.toUpperCase() }, silently, alice.username],
    ["a hint at another user", { loginHint: bob.username }, both, bob.username],
    ["select_account", { prompt: "select_account" }, inWindow, alice.username],
    ["login", { prompt: "login" }, inWindow, alice.username],
    ["consent", { prompt: "consent", loginHint: bob.username }, inWindow, bob.username],
    ["create", { prompt: "create" }, inWindow, alice.username],
    ["maxAge", { maxAge: 60 }, inWindow, alice.username],
    ["a claims challenge", { claimsChallenge: '{"access_token":{}}' }, silently, alice.username],
    ["none", { prompt: "none" }, silently, alice.username],
    ["none, a hint at the default user", { prompt: "none", loginHint: alice.username }, silently, alice.username],
  ])("%s", async (_row, options, expected, username) => {
    const { app, asked } = brokeredApp();
    const result = await app.acquireTokenInteractive(scopes, { ...inConsole, ...options });
    expect(result).toMatchObject({ token_source: "broker", account: { username } });
    expect(asked()).toEqual(expected);
  });

  it("shows the window where nobody is signed in to the operating system", async () => {
    const { app, asked } = brokeredApp({ defaultUser: undefined });
    expect(await app.acquireTokenInteractive(scopes, inConsole)).toHaveProperty("access_token");
    expect(asked()).toEqual(both);
  });

  it.each<[row: string, options: InteractiveOptions, asked: string[]]>([
    ["a hint at who signed in before", {}, ["acquireTokenSilently"]],
    ["with none too", { prompt: "none" }, ["acquireTokenSilently"]],
    [
      "with a challenge too, which the broker judges",
      { claimsChallenge: '{"access_token":{}}' },
      ["acquireTokenSilently"],
    ],
    ["but with login a window", { prompt: "login" }, ["signInInteractively"]],
    ["but with select_account a window", { prompt: "select_account" }, ["signInInteractively"]],
    ["but with maxAge a window", { maxAge: 60 }, ["signInInteractively"]],
  ])("%s", async (_row, options, expected) => {
    const { app, asked } = brokeredApp();
    await app.acquireTokenInteractive(scopes, inConsole);
    const result = await app.acquireTokenInteractive(scopes, { ...inConsole, loginHint: alice.username, ...options });
    expect(result).toMatchObject({ token_source: "broker", account: { username: alice.username } });
    expect(asked().slice(1)).toEqual(expected);
  });

  it("goes on to the default user, then to the window, when the known one is refused", async () => {
    const { app, asked, broker } = brokeredApp();
    await app.acquireTokenInteractive(scopes, inConsole);
    broker.refuseNext("no_network");
    broker.refuseNext("account_unusable");
    const result = await app.acquireTokenInteractive(scopes, { ...inConsole, loginHint: alice.username });
    expect(result).toHaveProperty("access_token");
    expect(asked().slice(1)).toEqual(["acquireTokenSilently", "signInSilently", "signInInteractively"]);
  });

  it("takes no account for the hinted one when two have the name", async () => {
    const world = brokeredApp();
    signIn(world);
    signIn(world, { user: { ...alice, uid: bob.uid } });
    await world.app.acquireTokenInteractive(scopes, { ...inConsole, loginHint: alice.username });
    expect(world.asked()).toEqual(["signInSilently"]);
  });

  it("shows no window with prompt none, whoever is hinted at", async () => {
    const { app, asked } = brokeredApp();
    const result = await app.acquireTokenInteractive(scopes, { ...inConsole, prompt: "none", loginHint: stranger });
    expect(result).toMatchObject({ error: "interaction_required" });
    expect("error" in result && result.error_description).toContain('"loginHint" names another one');
    expect(isInteractionRequired(result)).toBe(true);
    expect(asked()).toEqual(["signInSilently"]);
  });

  it("keeps nothing of a default user who is not the hinted one", async () => {
    const { app, cache } = brokeredApp();
    await app.acquireTokenInteractive(scopes, { ...inConsole, prompt: "none", loginHint: stranger });
    expect(cache.find("AccessToken")).toEqual([]);
    expect(await app.getAccounts()).toEqual([]);
  });

  it("shows no window for a refusal that no window mends", async () => {
    const { app, asked, broker } = brokeredApp();
    broker.refuseNext("no_network");
    await msalErrorFrom(app.acquireTokenInteractive(scopes, inConsole));
    expect(asked()).toEqual(["signInSilently"]);
  });

  it("takes whoever signs in in the window, as in the browser", async () => {
    const { app } = brokeredApp({ users: [{ username: bob.username }], defaultUser: undefined });
    const result = await app.acquireTokenInteractive(scopes, { ...inConsole, loginHint: alice.username });
    expect(result).toMatchObject({ account: { username: bob.username } });
  });
});

describe("B5.13 acquireTokenInteractive by the broker: how it is asked", () => {
  it("by the plain scopes, with claims, capabilities, parameters and ids", async () => {
    const { app, broker } = brokeredApp({}, { clientCapabilities: ["CP1"] });
    const correlationId = "11111111-2222-4333-8444-555555555555";
    await app.acquireTokenInteractive(scopes, {
      parentWindowHandle: 4711n,
      loginHint: bob.username,
      claimsChallenge: '{"access_token":{"acrs":null}}',
      maxAge: 60,
      correlationId,
      data: { extra: "value" },
    });
    const { signal, ...request } = broker.calls[0]?.request ?? {};
    expect(signal).toBeInstanceOf(AbortSignal);
    expect(request).toEqual({
      clientId,
      authority,
      scopes,
      claims: '{"access_token":{"acrs":null,"xms_cc":{"values":["CP1"]}}}',
      parameters: { extra: "value", max_age: "60" },
      parentWindowHandle: 4711n,
      loginHint: bob.username,
      correlationId,
    });
  });

  it("for the scopes of OpenID Connect when there are no others", async () => {
    const { app, broker } = brokeredApp();
    await app.acquireTokenInteractive([], inConsole);
    expect(broker.calls[0]?.request).toMatchObject({ scopes: ["openid", "profile", "offline_access"] });
  });

  it("without the hint beside select_account, and says so", async () => {
    const { app, broker, log } = brokeredApp();
    await app.acquireTokenInteractive(scopes, { ...inConsole, prompt: "select_account", loginHint: bob.username });
    expect(broker.calls[0]?.request).not.toHaveProperty("loginHint");
    expect(log).toContain("warn: Broker: it does not know loginHint beside select_account.");
  });

  it("says what else a broker does not know", async () => {
    const { app, log } = brokeredApp();
    const options = { prompt: "login", domainHint: "contoso.com", extraScopesToConsent: ["api://other/Read"] };
    await app.acquireTokenInteractive(scopes, { ...inConsole, ...options });
    expect(log).toContain(
      'warn: Broker: it does not know prompt "login" (it shows its window), extraScopesToConsent, domainHint.',
    );
  });

  it("announces a window, and only a window", async () => {
    const { app, asked } = brokeredApp();
    const events: unknown[] = [];
    const onBeforeLaunchingUi = (event: object): void => void events.push(event, asked().length);
    await app.acquireTokenInteractive(scopes, { ...inConsole, onBeforeLaunchingUi });
    expect(events).toEqual([]);
    await app.acquireTokenInteractive(scopes, { ...inConsole, onBeforeLaunchingUi, prompt: "login" });
    expect(events).toEqual([{ ui: "broker" }, 1]);
  });

  it("needs no network for a tenant that the address names", async () => {
    const { app, provider } = brokeredApp();
    await app.acquireTokenInteractive(scopes, inConsole);
    expect(provider.requests).toEqual([]);
  });

  it("needs a window to stay in front of", async () => {
    const { app, asked } = brokeredApp();
    const error = await argumentErrorFrom(app.acquireTokenInteractive(scopes));
    expect(error).toMatchObject({ option: "parentWindowHandle", code: "invalid_option" });
    expect(error.message).toContain("CONSOLE_WINDOW_HANDLE");
    expect(asked()).toEqual([]);
  });

  it.each([-1, 1.5, Number.NaN, -1n, 2n ** 64n, "0x1", null, {}])("refuses the handle %s", async (handle) => {
    const { app, asked } = brokeredApp();
    const options = { parentWindowHandle: handle } as InteractiveOptions;
    expect(await argumentErrorFrom(app.acquireTokenInteractive(scopes, options))).toMatchObject({
      option: "parentWindowHandle",
    });
    expect(asked()).toEqual([]);
  });

  it("refuses a timeout that is none", async () => {
    const { app, asked } = brokeredApp();
    const error = await argumentErrorFrom(app.acquireTokenInteractive(scopes, { ...inConsole, timeout: -1 }));
    expect(error.option).toBe("timeout");
    expect(asked()).toEqual([]);
  });
});

describe("B5.13 what a broker gives", () => {
  it("comes back as tokens do, and goes into the cache without a refresh token", async () => {
    const { app, cache } = brokeredApp();
    const result = await app.acquireTokenInteractive(scopes, inConsole);
    expect(result).toMatchObject({
      access_token: "fake-access-token-1",
      token_type: "Bearer",
      expires_in: 3600,
      scope: "User.Read",
      token_source: "broker",
      id_token_claims: { preferred_username: alice.username },
      account: { homeAccountId: homeAccountId(alice), localAccountId: alice.uid, username: alice.username },
    });
    expect(cache.find("AccessToken")).toMatchObject([{ home_account_id: homeAccountId(alice), target: "User.Read" }]);
    expect(cache.find("IdToken")).toHaveLength(1);
    expect(cache.find("RefreshToken")).toEqual([]);
  });

  it("B4.5 keeps the broker's own id of the account where msal-node does", async () => {
    const { app, cache } = brokeredApp();
    await app.acquireTokenInteractive(scopes, inConsole);
    expect(cache.find("Account")).toMatchObject([{ local_account_id: alice.uid, nativeAccountId: "fake-account-1" }]);
  });

  it("is a cache hit the next time", async () => {
    const { app, asked } = brokeredApp();
    await app.acquireTokenInteractive(scopes, inConsole);
    const [account] = await app.getAccounts();
    expect(account && (await app.acquireTokenSilent(scopes, account))).toMatchObject({ token_source: "cache" });
    expect(asked()).toHaveLength(1);
  });

  it("B5.3 is checked before anything is cached: another application's id token is refused", async () => {
    const { app, cache, broker } = brokeredApp();
    const original = { ...broker };
    broker.signInSilently = (request) => original.signInSilently({ ...request, clientId: "another" });
    const error = await msalErrorFrom(app.acquireTokenInteractive(scopes, inConsole));
    expect(error.code).toBe("invalid_id_token");
    expect(error.message).toContain('"aud"');
    expect(cache.find("AccessToken")).toEqual([]);
  });

  it("B5.3 is refused when another tenant has issued it", async () => {
    const { app, broker } = brokeredApp();
    const original = { ...broker };
    const another = "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555";
    broker.signInSilently = (request) => original.signInSilently({ ...request, authority: another });
    const error = await msalErrorFrom(app.acquireTokenInteractive(scopes, inConsole));
    expect(error.code).toBe("invalid_id_token");
    expect(error.message).toContain('"iss"');
  });

  it("B5.3 is held to max_age", async () => {
    const { app } = brokeredApp();
    const error = await msalErrorFrom(
      app.acquireTokenInteractive(scopes, { ...inConsole, prompt: "none", maxAge: 60 }),
    );
    expect(error.code).toBe("invalid_id_token");
    expect(error.message).toContain('"auth_time"');
  });

  it("must be of the kind that was asked for", async () => {
    const { app, cache, broker } = brokeredApp();
    const data = { token_type: "ssh-cert", req_cnf: "jwk", key_id: "the-key" };
    expect(await app.acquireTokenInteractive(scopes, { ...inConsole, data })).toMatchObject({ token_type: "ssh-cert" });
    expect(cache.find("AccessToken")).toMatchObject([{ key_id: "the-key" }]);
    const original = { ...broker };
    broker.signInSilently = (request) => original.signInSilently({ ...request, parameters: {} });
    const error = await msalErrorFrom(app.acquireTokenInteractive(scopes, { ...inConsole, data }));
    expect(error.code).toBe("broker_failed");
    expect(error.message).toContain("Bearer, not ssh-cert");
  });

  it("B2.4 leaves telemetry to the token endpoint's requests", async () => {
    const { app, broker, provider, clock } = brokeredApp();
    broker.refuseNext("no_network");
    await msalErrorFrom(app.acquireTokenInteractive(scopes, inConsole));
    await app.acquireTokenInteractive(scopes, inConsole);
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenByRefreshToken("refresh", scopes);
    expect(provider.lastPost.headers.get("x-client-last-telemetry")).toBe("4|0|||");
  });
});

describe("B5.13 a broker's refusal", () => {
  it.each([
    ["interaction_required", "interaction_required"],
    ["account_unusable", "interaction_required"],
    ["account_not_found", "interaction_required"],
    ["user_cancelled", "access_denied"],
  ] as const)("%s is the outcome %s", async (status, error) => {
    const { app, broker } = brokeredApp();
    broker.refuseNext(status, "the reason");
    const options = { ...inConsole, prompt: "select_account", correlationId: "id" };
    const result = await app.acquireTokenInteractive(scopes, options);
    expect(result).toEqual({ error, error_description: "the reason", correlation_id: "id" });
  });

  it.each([
    ["no_network", "network_error", true],
    ["server_unavailable", "server_error", true],
    ["authority_untrusted", "broker_failed", false],
    ["incorrect_configuration", "broker_failed", false],
    ["failed", "broker_failed", false],
  ] as const)("%s throws %s", async (status, code, retryable) => {
    const { app, broker } = brokeredApp();
    broker.refuseNext(status, "the reason");
    const error = await msalErrorFrom(app.acquireTokenInteractive(scopes, { ...inConsole, correlationId: "id" }));
    expect(error).toMatchObject({ code, retryable, correlationId: "id" });
    expect(error.message).toContain("the reason");
  });

  it("tells of the redirect URI when the registration does not suit", async () => {
    const { app, broker } = brokeredApp();
    broker.refuseNext("incorrect_configuration", "");
    const error = await msalErrorFrom(app.acquireTokenInteractive(scopes, inConsole));
    expect(error.message).toContain("redirect URI");
  });

  it("that is none but an exception is broker_failed", async () => {
    const { app, broker } = brokeredApp();
    broker.signInSilently = () => Promise.reject(new Error("out of order"));
    const error = await msalErrorFrom(app.acquireTokenInteractive(scopes, inConsole));
    expect(error).toMatchObject({ code: "broker_failed", cause: { message: "out of order" } });
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a text", "tokens"],
    ["a refusal without a message", { status: "failed" }],
    ["no access token", { accessToken: "" }],
    ["an end that is no number", { expiresOn: "soon" }],
    ["scopes in one text", { scopes: "User.Read" }],
    ["no account", { account: undefined }],
  ])("that is neither tokens nor a refusal is broker_failed: %s", async (_name, answer) => {
    const { app, broker, cache } = brokeredApp();
    const whole = await broker.signInSilently({ ...call, parameters: {} });
    const isPart = typeof answer === "object" && answer !== null && !("status" in answer);
    const wrong = isPart ? { ...whole, ...answer } : answer;
    broker.signInSilently = () => Promise.resolve(wrong as BrokerAnswer);
    const error = await msalErrorFrom(app.acquireTokenInteractive(scopes, inConsole));
    expect(error).toMatchObject({ code: "broker_failed", cause: { name: "TypeError" } });
    expect(cache.find("AccessToken")).toEqual([]);
  });

  it("that is thrown at once is broker_failed too", async () => {
    const { app, broker } = brokeredApp();
    broker.signInSilently = () => {
      throw new TypeError("out of order");
    };
    expect(await msalErrorFrom(app.acquireTokenInteractive(scopes, inConsole))).toMatchObject({
      code: "broker_failed",
    });
  });
});

describe("B5.13 the wait for the broker ends", () => {
  const window = { ...inConsole, prompt: "login" };

  it("when the time is up, and the window closes", async () => {
    const { app, broker, clock } = brokeredApp({ window: "open" });
    const waiting = windowOf(app, { ...window, timeout: 90 });
    await waiting.shown;
    clock.advance(90_000);
    expect(await msalErrorFrom(waiting.outcome)).toMatchObject({ code: "interaction_timeout" });
    expect(broker.calls[0]?.request.signal?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("when the caller aborts, and the window closes", async () => {
    const { app, broker } = brokeredApp({ window: "open" });
    const controller = new AbortController();
    const waiting = windowOf(app, { ...window, signal: controller.signal });
    await waiting.shown;
    await settled();
    controller.abort(new Error("enough"));
    expect(await msalErrorFrom(waiting.outcome)).toMatchObject({ code: "aborted", name: "AbortError" });
    expect(broker.calls[0]?.request.signal?.aborted).toBe(true);
  });

  it("when the caller aborts, though the broker takes no notice", async () => {
    const { app, broker } = brokeredApp();
    broker.signInSilently = () => new Promise(() => {});
    const controller = new AbortController();
    const outcome = app.acquireTokenInteractive(scopes, { ...inConsole, signal: controller.signal });
    controller.abort();
    expect(await msalErrorFrom(outcome)).toMatchObject({ code: "aborted" });
  });

  it("before the window, when the caller aborts as it is announced", async () => {
    const { app, asked } = brokeredApp();
    const controller = new AbortController();
    const { signal } = controller;
    const onBeforeLaunchingUi = (): void => controller.abort();
    const outcome = app.acquireTokenInteractive(scopes, { ...window, signal, onBeforeLaunchingUi });
    expect(await msalErrorFrom(outcome)).toMatchObject({ code: "aborted" });
    expect(asked()).toEqual([]);
  });

  it("before the announcement, when the caller has aborted by then", async () => {
    const controller = new AbortController();
    // It hears of the prompt just before anything begins.
    const { app, asked } = brokeredApp({}, { logger: { warn: () => controller.abort() } });
    const onBeforeLaunchingUi = (): never => expect.unreachable();
    const options = { ...window, signal: controller.signal, onBeforeLaunchingUi };
    expect(await msalErrorFrom(app.acquireTokenInteractive(scopes, options))).toMatchObject({ code: "aborted" });
    expect(asked()).toEqual([]);
  });

  it("when onBeforeLaunchingUi throws", async () => {
    const { app, asked } = brokeredApp();
    const broken = new Error("broken");
    const onBeforeLaunchingUi = (): Promise<void> => Promise.reject(broken);
    await expect(app.acquireTokenInteractive(scopes, { ...window, onBeforeLaunchingUi })).rejects.toBe(broken);
    expect(asked()).toEqual([]);
  });
});

/** Starts a sign-in; `shown` resolves as the window is about to be shown. */
function windowOf(
  app: PublicClientApplication,
  options: InteractiveOptions,
): { shown: Promise<void>; outcome: Promise<unknown> } {
  let show = (): void => {};
  const shown = new Promise<void>((resolve) => (show = resolve));
  const outcome = app.acquireTokenInteractive(scopes, { ...options, onBeforeLaunchingUi: () => show() });
  return { shown, outcome };
}
