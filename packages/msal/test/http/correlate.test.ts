import { describe, expect, it } from "vitest";
import { MsalError } from "../../src/error/msal-error.ts";
import { correlate } from "../../src/http/correlate.ts";
import type { HttpClient } from "../../src/http/http-client.ts";
import { FakeHttp } from "../support/fake-http.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { tokenRequest } from "./request.ts";

const request = tokenRequest();

function setup(client: HttpClient) {
  const clock = new ManualClock();
  const lines: string[] = [];
  const errors: string[] = [];
  const logger = { info: (line: string) => void lines.push(line), error: (line: string) => void errors.push(line) };
  return { clock, lines, errors, send: correlate(client, { headers: { "x-client-sku": "test" }, logger, clock }) };
}

describe("correlate", () => {
  it("adds the constant headers and the correlation id, and leaves the caller's request alone (B2.3)", async () => {
    const http = new FakeHttp().expect("POST", request.url);
    const given = structuredClone(request);
    await setup(http.client).send(request);
    expect(http.requests).toEqual([
      {
        ...request,
        headers: {
          accept: "application/json",
          "x-client-sku": "test",
          "client-request-id": request.correlationId,
        },
      },
    ]);
    expect(request).toEqual(given);
  });

  it("lets a header of the request win over a constant one, but not over the correlation id", async () => {
    const http = new FakeHttp().expect("POST", request.url);
    const headers = { "x-client-sku": "mine", "client-request-id": "other" };
    await setup(http.client).send({ ...request, headers });
    expect(http.requests[0]?.headers).toEqual({
      "x-client-sku": "mine",
      "client-request-id": request.correlationId,
    });
  });

  it("logs a line per answer: method, host, path, status, time and id; no query, no secret (B4.12)", async () => {
    const { clock, lines, send } = setup(async () => {
      clock.advance(42);
      return { status: 400, headers: new Headers(), body: "secret" };
    });
    await send(request);
    expect(lines).toEqual([
      `POST login.example.com:8443/tenant/oauth2/v2.0/token: 400 after 42 ms (${request.correlationId})`,
    ]);
  });

  it("logs a failure as an error, by its code, and passes it on", async () => {
    const error = new MsalError("network_error", "hunter2-hunter2");
    const { lines, errors, send } = setup(() => Promise.reject(error));
    await expect(send(request)).rejects.toBe(error);
    expect(errors).toEqual([
      `POST login.example.com:8443/tenant/oauth2/v2.0/token: network_error after 0 ms (${request.correlationId})`,
    ]);
    expect(lines).toEqual([]);
  });

  it.each([
    [499, 1, 0],
    [500, 0, 1],
  ])("logs status %i in %i lines of info and %i of error", async (status, asInfo, asError) => {
    const { lines, errors, send } = setup(() => Promise.resolve({ status, headers: new Headers(), body: "" }));
    await send(request);
    expect([lines.length, errors.length]).toEqual([asInfo, asError]);
  });

  it("logs a request that the caller ended as no error", async () => {
    const { lines, errors, send } = setup(() => Promise.reject(new MsalError("aborted", "enough")));
    await expect(send(request)).rejects.toThrow("enough");
    expect(lines).toEqual([expect.stringContaining(": aborted after 0 ms")]);
    expect(errors).toEqual([]);
  });

  it("does not repeat what a foreign error says", async () => {
    const { errors, send } = setup(() => Promise.reject(new Error("hunter2-hunter2")));
    await expect(send(request)).rejects.toThrow("hunter2");
    expect(errors[0]).toContain(": failed after");
  });

  it("works with a logger that is silent", async () => {
    const http = new FakeHttp().expect("POST", request.url, { status: 204 });
    const send = correlate(http.client, { headers: {}, logger: {}, clock: new ManualClock() });
    expect((await send(request)).status).toBe(204);
  });
});
