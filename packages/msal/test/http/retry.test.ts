import { describe, expect, it } from "vitest";
import { MsalError } from "../../src/error/msal-error.ts";
import type { HttpResponse } from "../../src/http/http-client.ts";
import { backoff } from "../../src/http/backoff.ts";
import { retry } from "../../src/http/retry.ts";
import { FakeHttp, httpResponse } from "../support/fake-http.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { tokenRequest } from "./request.ts";

const post = tokenRequest();
const get = tokenRequest({ method: "GET" });
const lost = new MsalError("network_error", "no answer", { retryable: true });
const fail = (failure: Error) => (): Promise<HttpResponse> => Promise.reject(failure);
const half = (): number => 0.5;

function autoClock(): ManualClock {
  return new ManualClock(0, { autoAdvancing: true });
}

describe("retry after a lost connection (B6.1)", () => {
  it.each([post, get])("sends the same $method once more after the back-off", async (request) => {
    const http = new FakeHttp().expect(request.method, request.url, fail(lost)).expect(request.method, request.url);
    const clock = autoClock();
    const response = await retry(http.client, { clock, random: half })(request);
    expect(response.status).toBe(200);
    expect(http.requests).toEqual([request, request]);
    expect(clock.now()).toBe(backoff(0.5));
  });

  it("gives up after the second failure, with that failure", async () => {
    const second = new MsalError("network_error", "still no answer", { retryable: true });
    const http = new FakeHttp().expect("POST", post.url, fail(lost)).expect("POST", post.url, fail(second));
    await expect(retry(http.client, { clock: autoClock() })(post)).rejects.toBe(second);
    http.finish();
  });

  it.each([
    new MsalError("aborted", "aborted"),
    new MsalError("request_timeout", "too slow", { retryable: true }),
    new Error("not a failure of the network"),
  ])("does not retry after: $message", async (error) => {
    const http = new FakeHttp().expect("GET", get.url, fail(error));
    await expect(retry(http.client, { clock: new ManualClock() })(get)).rejects.toBe(error);
  });

  it("ends the wait for the second attempt when the signal aborts, and sends nothing more", async () => {
    const caller = new AbortController();
    const clock = new ManualClock();
    const http = new FakeHttp().expect("POST", post.url, fail(lost));
    const call = retry(http.client, { clock })({ ...post, signal: caller.signal });
    await new Promise((resolve) => setImmediate(resolve));
    expect(clock.pending).toBe(1);
    caller.abort("enough");
    await expect(call).rejects.toMatchObject({ code: "aborted", cause: "enough" });
    expect(clock.pending).toBe(0);
  });
});

describe("retry after a server's failure (B6.1)", () => {
  it.each([500, 502, 503, 504])("repeats a GET that was answered with %i", async (status) => {
    const http = new FakeHttp().expect("GET", get.url, { status }).expect("GET", get.url, { body: "well again" });
    const response = await retry(http.client, { clock: autoClock() })(get);
    expect(response.body).toBe("well again");
  });

  it("gives the second answer, whatever it is", async () => {
    const http = new FakeHttp().expect("GET", get.url, { status: 500 }).expect("GET", get.url, { status: 503 });
    expect((await retry(http.client, { clock: autoClock() })(get)).status).toBe(503);
  });

  it("never repeats a POST that was answered", async () => {
    const http = new FakeHttp().expect("POST", post.url, { status: 503 });
    expect((await retry(http.client, { clock: autoClock() })(post)).status).toBe(503);
  });

  it.each([200, 302, 400, 404, 429, 499])("takes %i as an answer", async (status) => {
    const http = new FakeHttp().expect("GET", get.url, { status });
    expect((await retry(http.client, { clock: autoClock() })(get)).status).toBe(status);
  });

  it("does not ask sooner than a server wants", async () => {
    const answer = httpResponse({ status: 503, headers: { "retry-after": "30" } });
    const http = new FakeHttp().expect("GET", get.url, async () => answer);
    expect(await retry(http.client, { clock: autoClock() })(get)).toBe(answer);
  });
});

describe("the back-off (B6.1)", () => {
  it("lies between 100 and 400 ms, as chance has it", () => {
    expect([0, 0.5, 1].map(backoff)).toEqual([100, 250, 400]);
  });

  it("takes a new chance each time when none is given", async () => {
    const waits = new Set<number>();
    for (let turn = 0; turn < 20; turn++) {
      const clock = autoClock();
      const http = new FakeHttp().expect("GET", get.url, { status: 500 }).expect("GET", get.url);
      await retry(http.client, { clock })(get);
      waits.add(clock.now());
    }
    expect(waits.size).toBeGreaterThan(1);
    expect([...waits].every((wait) => wait >= 100 && wait <= 400)).toBe(true);
  });
});
