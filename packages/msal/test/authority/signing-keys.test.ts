import { describe, expect, it } from "vitest";
import { createSigningKeys } from "../../src/authority/signing-keys.ts";
import { FakeHttp } from "../support/fake-http.ts";
import { ManualClock } from "../support/manual-clock.ts";

const context = { correlationId: "the-id" };
const url = "https://login.contoso.com/tenant/discovery/v2.0/keys";
const one = { kid: "1", kty: "RSA" };
const two = { kid: "2", kty: "RSA" };

function setup() {
  const http = new FakeHttp();
  const clock = new ManualClock();
  return { http, clock, keys: createSigningKeys({ http: http.client, clock }) };
}

describe("signing keys (B5.3)", () => {
  it("are asked for once and found by their id", async () => {
    const { http, keys } = setup();
    http.expect("GET", url, { json: { keys: [one, null, "no key", two] } });
    expect(await keys.find(url, "2", context)).toEqual(two);
    expect(await keys.find(url, "1", context)).toEqual(one);
    expect(http.requests[0]).toMatchObject({ headers: { accept: "application/json" }, correlationId: "the-id" });
  });

  it("are asked for again when an id is new, though not for a minute", async () => {
    const { http, clock, keys } = setup();
    http.expect("GET", url, { json: { keys: [one] } });
    await keys.find(url, "1", context);
    clock.advance(59_000);
    expect(await keys.find(url, "2", context)).toBeUndefined();
    clock.advance(1_000);
    http.expect("GET", url, { json: { keys: [two] } });
    expect(await keys.find(url, "2", context)).toEqual(two);
    http.finish();
  });

  it("are kept apart by address", async () => {
    const { http, keys } = setup();
    http
      .expect("GET", url, { json: { keys: [one] } })
      .expect("GET", `${url}2`, { json: { keys: [{ ...one, n: "x" }] } });
    expect(await keys.find(url, "1", context)).toEqual(one);
    expect(await keys.find(`${url}2`, "1", context)).toEqual({ ...one, n: "x" });
  });

  it("are none where the answer holds no list, and a failure is not remembered", async () => {
    const { http, keys } = setup();
    http.expect("GET", url, { status: 500 });
    await expect(keys.find(url, "1", context)).rejects.toMatchObject({ code: "server_error", retryable: true });
    http.expect("GET", url, { json: {} });
    expect(await keys.find(url, "1", context)).toBeUndefined();
  });

  it("are asked for once by callers at the same time, and one caller's abort leaves the other", async () => {
    const { http, keys } = setup();
    const leaving = new AbortController();
    http.expect("GET", url, { json: { keys: [one] } });
    const left = keys.find(url, "1", { ...context, signal: leaving.signal });
    const stayed = keys.find(url, "1", context);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ code: "aborted" });
    expect(await stayed).toEqual(one);
    http.finish();
  });
});
