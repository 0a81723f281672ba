import { afterEach, describe, expect, it } from "vitest";
import { createAnswerStore } from "../../src/http/answer-store.ts";
import type { HttpCache } from "../../src/http/http-cache.ts";
import type { HttpClient } from "../../src/http/http-client.ts";
import { createRefusals } from "../../src/http/refusals.ts";
import { throttle } from "../../src/http/throttle.ts";
import { FakeHttp } from "../support/fake-http.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { tokenRequest } from "./request.ts";

const ofForm = { "content-type": "application/x-www-form-urlencoded" };
const request = tokenRequest({ headers: ofForm, owner: "alice", body: "client_id=app&scope=a&refresh_token=r" });
const { url } = request;

let http = new FakeHttp();

afterEach(() => {
  http.finish();
  http = new FakeHttp();
});

function setup(cache: HttpCache = new Map(), clock: ManualClock = new ManualClock()) {
  const log: string[] = [];
  const logger = { warn: (line: string) => void log.push(line) };
  const refusals = createRefusals(createAnswerStore({ cache, clock, logger }));
  const send: HttpClient = throttle(http.client, { refusals, clock, logger, unnamed: 60 });
  return { cache, clock, log, send };
}

describe("throttle (B6.3)", () => {
  it("answers from memory until the time that the server named is over, and counts it down", async () => {
    const { clock, send } = setup();
    http.expect("POST", url, { status: 429, headers: { "retry-after": "30" }, json: { error: "busy" } });
    const first = await send(request);
    expect(first.throttled).toBeUndefined();
    clock.advance(20_000);
    const again = await send(request);
    expect(again).toMatchObject({ status: 429, throttled: true, body: '{"error":"busy"}' });
    expect(again.headers.get("retry-after")).toBe("10");
    clock.advance(10_000);
    http.expect("POST", url);
    expect((await send(request)).status).toBe(200);
  });

  it("silences one owner, client and scope alone", async () => {
    const { send } = setup();
    http.expect("POST", url, { status: 503 });
    await send(request);
    expect((await send({ ...request, body: "client_id=app&scope=a&refresh_token=other" })).throttled).toBe(true);
    http.expect("POST", url).expect("POST", url).expect("POST", url);
    expect((await send({ ...request, owner: "bob" })).status).toBe(200);
    expect((await send({ ...request, body: "client_id=app&scope=b" })).status).toBe(200);
    expect((await send({ ...request, body: "client_id=other&scope=a" })).status).toBe(200);
  });

  it("tells at once how long it will be quiet, where the server does not", async () => {
    const { send } = setup();
    http.expect("POST", url, { status: 503, headers: { "x-ms-request-id": "kept" } });
    const { headers, throttled } = await send(request);
    expect([headers.get("retry-after"), headers.get("x-ms-request-id"), throttled]).toEqual(["60", "kept", undefined]);
    http.expect("POST", url, { status: 400 });
    const refused = await send({ ...request, owner: "bob" });
    expect(refused.headers.has("retry-after")).toBe(false);
    const date = "Thu, 01 Jan 2026 02:00:00 GMT";
    http.expect("POST", url, { status: 503, headers: { "retry-after": date } });
    expect((await send({ ...request, owner: "carol" })).headers.get("retry-after")).toBe(date);
  });

  it("refuses the same request for a minute after a 400, and no other", async () => {
    const { clock, send } = setup();
    http.expect("POST", url, { status: 400, json: { error: "invalid_grant" } });
    await send(request);
    expect(await send(request)).toMatchObject({ status: 400, throttled: true, body: '{"error":"invalid_grant"}' });
    http.expect("POST", url).expect("POST", url).expect("POST", url);
    await send({ ...request, insists: true });
    await send({ ...request, body: `${request.body}&claims={}` });
    clock.advance(60_000);
    await send(request);
  });

  it("never keeps an answer with tokens, whatever stands beside it (B7.2)", async () => {
    const { cache, send } = setup();
    http.expect("POST", url, { json: { access_token: "secret" }, headers: { "retry-after": "60" } });
    await send(request);
    expect([...cache.keys()]).toEqual([]);
  });

  it("lets every GET through", async () => {
    const { send } = setup();
    const get = tokenRequest({ method: "GET" });
    http.expect("GET", url, { status: 429 }).expect("GET", url, { status: 503 });
    await send(get);
    expect((await send(get)).status).toBe(503);
  });

  it("keeps no failure of the network", async () => {
    const { send } = setup();
    http.expect("POST", url, () => Promise.reject(new Error("lost"))).expect("POST", url);
    await expect(send(request)).rejects.toThrow("lost");
    expect((await send(request)).status).toBe(200);
  });

  it("says in the log that nothing was sent, until when, and in whose call", async () => {
    const { log, send } = setup();
    http.expect("POST", url, { status: 503 });
    await send(request);
    expect(log).toEqual([]);
    await send(request);
    expect(log).toEqual([
      "POST login.example.com:8443/tenant/oauth2/v2.0/token: not sent, since the last answer was 503; " +
        `it will be in 60 s (${request.correlationId})`,
    ]);
  });

  it("goes on in the next run when the cache was saved, secret and name left behind (B6.2)", async () => {
    const cache = new Map<string, unknown>();
    const first = setup(cache);
    const body = { error: "invalid_grant", error_description: "alice@contoso.com sent refresh-token-of-alice" };
    http.expect("POST", url, { status: 400, json: body });
    const asked = { ...request, secrets: ["refresh-token-of-alice"], owner: "alice@contoso.com" };
    await first.send(asked);
    const saved = JSON.stringify([...cache]);
    expect(saved).not.toMatch(/alice|contoso/);
    const second = setup(new Map(JSON.parse(saved) as []), first.clock);
    expect((await second.send(asked)).throttled).toBe(true);
  });
});
