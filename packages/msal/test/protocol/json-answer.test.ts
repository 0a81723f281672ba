import { describe, expect, it } from "vitest";
import { parseJsonAnswer } from "../../src/protocol/json-answer.ts";
import { msalErrorOf } from "../support/thrown.ts";

const context = { label: "The token endpoint", correlationId: "cid-1", secrets: ["hunter2-secret"], now: 784111777 };

function parse(status: number, body: string, headers: Record<string, string> = {}) {
  return parseJsonAnswer({ status, body, headers: new Headers(headers) }, context);
}

describe("parseJsonAnswer (B2.8)", () => {
  it.each([200, 400, 401, 429, 499])("reads the JSON object of an answer of status %i", (status) => {
    expect(parse(status, '{"a":1}')).toEqual({ a: 1 });
  });

  it.each([500, 503, 599])("fails for status %i, worth a retry, with what the server told", (status) => {
    const body = '{"error":"temporarily_unavailable","error_codes":[90033]}';
    const error = msalErrorOf(() => parse(status, body, { "Retry-After": "7" }));
    expect(error).toMatchObject({
      code: "server_error",
      retryable: true,
      status,
      correlationId: "cid-1",
      retryAfter: 7,
      response: { error: "temporarily_unavailable", error_codes: [90033] },
    });
    expect(error.message).toBe(`The token endpoint answered with status ${status}; try again later: ${body}`);
  });

  it("reads a Retry-After date too", () => {
    const headers = { "Retry-After": "Sun, 06 Nov 1994 08:49:47 GMT" };
    expect(msalErrorOf(() => parse(503, "", headers)).retryAfter).toBe(10);
  });

  it("says of an answer out of memory that nothing was sent, and when it will be (B6.3)", () => {
    const headers = new Headers({ "retry-after": "12" });
    const again = (status: number) => () => parseJsonAnswer({ status, body: "", headers, throttled: true }, context);
    const error = msalErrorOf(again(503));
    expect(error).toMatchObject({ retryAfter: 12, throttled: true });
    expect(error.message).toBe("The token endpoint answered with status 503 before, and is not asked again for 12 s.");
    expect(msalErrorOf(again(429)).message).toBe(
      "The token endpoint answered with status 429 and no JSON object before, and is not asked again for 12 s.",
    );
    expect(msalErrorOf(() => parse(503, ""))).not.toHaveProperty("throttled");
  });

  it("has no response where the server did not speak the protocol, and no wait where it named none", () => {
    const error = msalErrorOf(() => parse(502, "<html>Bad\n\t Gateway</html>"));
    expect(error.message).toBe(
      "The token endpoint answered with status 502; try again later: <html>Bad Gateway</html>",
    );
    expect(error).not.toHaveProperty("response");
    expect(error).not.toHaveProperty("retryAfter");
  });

  it.each(["<html>", "[]", "null", '"{}"'])("refuses the body %j with its status", (body) => {
    const error = msalErrorOf(() => parse(200, body));
    expect(error).toMatchObject({ code: "invalid_response", status: 200, correlationId: "cid-1", retryable: false });
    expect(error.message).toBe(`The token endpoint answered with status 200 and no JSON object: ${body}`);
    expect(error.cause).toBeUndefined();
  });

  it("calls an unreadable refusal for too many requests worth a retry", () => {
    const error = msalErrorOf(() => parse(429, "slow down", { "Retry-After": "3" }));
    expect(error).toMatchObject({ code: "invalid_response", retryable: true, retryAfter: 3 });
  });

  it("ends the message after an empty body", () => {
    expect(msalErrorOf(() => parse(204, " \n")).message).toBe(
      "The token endpoint answered with status 204 and no JSON object.",
    );
  });

  it("shows the first 200 characters", () => {
    const { message } = msalErrorOf(() => parse(200, "x".repeat(201)));
    expect(message.endsWith(`: ${"x".repeat(200)}…`)).toBe(true);
    expect(msalErrorOf(() => parse(200, "x".repeat(200))).message.endsWith(`: ${"x".repeat(200)}`)).toBe(true);
  });

  it("shows no secret, and no part of one where the text is cut off", () => {
    for (const padding of [0, 190]) {
      const { message } = msalErrorOf(() => parse(500, `${"x".repeat(padding)} hunter2-secret`));
      expect(message).not.toContain("hunter2");
    }
    expect(msalErrorOf(() => parse(200, 'oops {"access_token":"opaque-token"')).message).not.toContain("opaque-token");
  });
});
