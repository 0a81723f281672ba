import { describe, expect, it } from "vitest";
import { type AppWorld, publicApp } from "../support/apps.ts";
import { neverAnswers } from "../support/fake-provider.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { settle } from "../support/settle.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { authority, clientId, refusal, userTokens } from "../support/token-answers.ts";
import type { DeviceFlow, PublicClientApplication } from "../../src/index.ts";

const deviceEndpoint = `${authority}/oauth2/v2.0/devicecode`;
const pending = refusal("authorization_pending");
const authorization = {
  user_code: "ABCD-EFGH",
  device_code: "device-code",
  verification_uri: "https://microsoft.com/devicelogin",
  expires_in: 900,
  interval: 5,
  message: "Open the page and enter ABCD-EFGH.",
};

interface Started extends AppWorld {
  readonly app: PublicClientApplication;
  readonly flow: DeviceFlow;
  /** When each question came, in seconds since the start. */
  readonly asked: number[];
  /** Expects questions with these answers, one after the other. */
  readonly answers: (...replies: { status?: number; json?: object }[]) => void;
}

/** A started flow; its clock jumps from wait to wait. */
async function start(changes: object = {}, clock: ManualClock = autoClock()): Promise<Started> {
  const world = publicApp({}, clock);
  world.provider.expect("POST", deviceEndpoint, { json: { ...authorization, ...changes } });
  const flow = await world.app.initiateDeviceFlow(["User.Read"]);
  const asked: number[] = [];
  const startedAt = clock.now();
  return {
    ...world,
    flow,
    asked,
    answers(...replies) {
      for (const reply of replies) {
        world.provider.expectToken(authority, () => {
          asked.push((clock.now() - startedAt) / 1000);
          return reply;
        });
      }
    },
  };
}

const autoClock = (): ManualClock => new ManualClock(undefined, { autoAdvancing: true });

describe("initiateDeviceFlow", () => {
  it("B5.5 asks for a code and gives what the user needs, as plain JSON", async () => {
    const { flow, provider, clock } = await start();
    expect(provider.lastPost.form).toEqual({
      client_id: clientId,
      scope: "User.Read offline_access openid profile",
    });
    expect(flow).toEqual({
      ...authorization,
      expires_at: clock.now() / 1000 + 900,
      scope: ["User.Read", "openid", "profile", "offline_access"],
      correlation_id: provider.lastPost.headers.get("client-request-id"),
    });
    expect(JSON.parse(JSON.stringify(flow))).toEqual(flow);
  });

  it("asks for no more than who the user is when no scopes are named", async () => {
    const { app, provider } = publicApp();
    provider.expect("POST", deviceEndpoint, { json: authorization });
    expect(await app.initiateDeviceFlow()).toMatchObject({ user_code: "ABCD-EFGH" });
    expect(provider.lastPost.form["scope"]).toBe("offline_access openid profile");
  });

  it("throws the provider's refusal", async () => {
    const { app, provider } = publicApp();
    provider.expect("POST", deviceEndpoint, refusal("unauthorized_client"));
    const error = await msalErrorFrom(app.initiateDeviceFlow());
    expect(error).toMatchObject({ code: "request_refused", response: { error: "unauthorized_client" } });
    expect(error.message).toContain("AADSTS: unauthorized_client");
  });

  it("says so when the provider has no such flow", async () => {
    const { app, provider } = publicApp();
    provider.knows(authority, { device_authorization_endpoint: undefined });
    expect(await msalErrorFrom(app.initiateDeviceFlow())).toMatchObject({ code: "endpoint_missing" });
  });

  it("ends at once when the caller aborts", async () => {
    const { app, provider } = publicApp();
    const controller = new AbortController();
    provider.expect("POST", deviceEndpoint, (request) => {
      controller.abort();
      return neverAnswers(request);
    });
    const waiting = app.initiateDeviceFlow([], { signal: controller.signal });
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted" });
  });
});

describe("acquireTokenByDeviceFlow", () => {
  it("B5.5 sends exactly this form, under the id that the flow began with", async () => {
    const { app, flow, provider, answers, clock } = await start();
    answers({ json: userTokens(clock) });
    const result = await app.acquireTokenByDeviceFlow(flow);
    expect(result).toMatchObject({ access_token: "access-token", correlation_id: flow.correlation_id });
    expect(provider.lastPost.form).toEqual({
      client_id: clientId,
      client_info: "1",
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: "device-code",
      code: "device-code",
    });
    expect(provider.lastPost.headers.get("client-request-id")).toBe(flow.correlation_id);
    expect(provider.lastPost.headers.get("x-client-current-telemetry")).toBe("4|622,0|");
  });

  it("B5.5 polls by the interval until the user has finished", async () => {
    const { app, flow, asked, answers, clock } = await start();
    answers(pending, pending, { json: userTokens(clock) });
    expect(await app.acquireTokenByDeviceFlow(flow)).toHaveProperty("access_token");
    expect(asked).toEqual([0, 5, 10]);
    expect(await app.getAccounts()).toHaveLength(1);
  });

  it("B5.5 waits five seconds longer from each slow_down on", async () => {
    const { app, flow, asked, answers, clock } = await start();
    answers(pending, refusal("slow_down"), pending, refusal("slow_down"), pending, { json: userTokens(clock) });
    await app.acquireTokenByDeviceFlow(flow);
    expect(asked).toEqual([0, 5, 15, 25, 40, 55]);
  });

  it("B2.4 does not count a user who takes their time as a failure", async () => {
    const { app, flow, provider, answers, clock } = await start();
    answers(pending, refusal("slow_down"), { json: userTokens(clock) });
    await app.acquireTokenByDeviceFlow(flow);
    expect(provider.lastPost.headers.get("x-client-last-telemetry")).toBe("4|0|||");
  });

  it.each(["authorization_declined", "expired_token", "invalid_grant"])("B5.5 stops at %s", async (error) => {
    const { app, flow, answers } = await start();
    answers(pending, refusal(error));
    expect(await app.acquireTokenByDeviceFlow(flow)).toMatchObject({ error });
  });

  it("B5.5 stops when the code has ended, and does not ask again", async () => {
    const { app, flow, asked, answers, clock } = await start({ expires_in: 12 });
    answers(pending, pending, pending);
    expect(await app.acquireTokenByDeviceFlow(flow)).toMatchObject({
      error: "expired_token",
      correlation_id: flow.correlation_id,
    });
    expect(asked).toEqual([0, 5, 10]);
    expect(clock.now() / 1000).toBe(flow.expires_at);
  });

  it("B5.5 stops when the caller sets expires_at to 0 while it waits, and not at the next poll", async () => {
    const clock = new ManualClock();
    const { app, flow, answers } = await start({ interval: 60 }, clock);
    answers(pending);
    const waiting = app.acquireTokenByDeviceFlow(flow);
    await settle();
    clock.advance(1_000);
    await settle();
    flow.expires_at = 0;
    clock.advance(1_000);
    expect(await waiting).toMatchObject({ error: "expired_token" });
  });

  it("B5.5 sends nothing for a flow whose expires_at is 0", async () => {
    const { app, flow, provider } = await start();
    flow.expires_at = 0;
    const sent = provider.requests.length;
    expect(await app.acquireTokenByDeviceFlow(flow)).toMatchObject({ error: "expired_token" });
    expect(provider.requests).toHaveLength(sent);
  });

  it("B7.9 polls every second, and up to the end alone, when the interval is 0", async () => {
    const { app, flow, asked, answers } = await start({ interval: 0, expires_in: 3 });
    answers(pending, pending, pending);
    expect(await app.acquireTokenByDeviceFlow(flow)).toMatchObject({ error: "expired_token" });
    expect(asked).toEqual([0, 1, 2]);
  });

  it("waits five seconds where the provider names no interval", async () => {
    const { app, flow, asked, answers, clock } = await start({ interval: undefined });
    answers(pending, { json: userTokens(clock) });
    await app.acquireTokenByDeviceFlow(flow);
    expect(asked).toEqual([0, 5]);
  });

  it("B5.5 ends at once when the caller aborts between two polls", async () => {
    const clock = new ManualClock();
    const { app, flow, answers } = await start({}, clock);
    answers(pending);
    const controller = new AbortController();
    const waiting = app.acquireTokenByDeviceFlow(flow, { signal: controller.signal });
    await settle();
    expect(clock.pending).toBe(1);
    controller.abort(new Error("enough"));
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted", name: "AbortError" });
    expect(clock.pending).toBe(0);
  });

  it("B5.5 ends at once when the caller aborts while a question is under way", async () => {
    const { app, flow, provider } = await start();
    const controller = new AbortController();
    provider.expectToken(authority, (request) => {
      controller.abort();
      return neverAnswers(request);
    });
    const waiting = app.acquireTokenByDeviceFlow(flow, { signal: controller.signal });
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted" });
  });

  it("takes a flow that was kept as JSON, and leaves the caller's as it is", async () => {
    const { app, flow, answers, clock } = await start();
    answers(pending, { json: userTokens(clock) });
    const kept = Object.freeze(JSON.parse(JSON.stringify(flow)) as DeviceFlow);
    expect(await app.acquireTokenByDeviceFlow(kept)).toHaveProperty("access_token");
  });

  it("B2.7 sends the claims challenge with every question", async () => {
    const { app, flow, provider, answers, clock } = await start();
    answers(pending, { json: userTokens(clock) });
    await app.acquireTokenByDeviceFlow(flow, { claimsChallenge: '{"access_token":{}}' });
    expect(provider.posts.slice(1).map(({ form }) => form["claims"])).toEqual([
      '{"access_token":{}}',
      '{"access_token":{}}',
    ]);
  });

  it.each([
    ["a flow that is none", { error: "unauthorized_client" }, {}, '"flow" must be the object that initiateDeviceFlow'],
    [
      "a claims challenge that is no JSON",
      { ...authorization, expires_at: 2e9 },
      { claimsChallenge: "x" },
      '"claimsChallenge" must',
    ],
  ])("refuses %s before any network", async (_, flow, options, message) => {
    const { app, provider } = publicApp();
    await expect(app.acquireTokenByDeviceFlow(flow as DeviceFlow, options)).rejects.toThrow(message);
    expect(provider.requests).toEqual([]);
  });
});
