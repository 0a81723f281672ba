import { describe, expect, it } from "vitest";
import { isKeptRefusal, reduceRefusal } from "../../src/http/reduced-refusal.ts";

const reduced = (body: unknown, secrets: string[] = []): unknown =>
  JSON.parse(reduceRefusal(JSON.stringify(body), secrets)) as unknown;

describe("what is kept of a refusal (B6.2)", () => {
  it("are the fields of the protocol", () => {
    const protocol = {
      error: "invalid_grant",
      error_description: "AADSTS50076: use a second factor.",
      error_codes: [50076],
      suberror: "basic_action",
      claims: '{"access_token":{}}',
      trace_id: "t",
      timestamp: "2026-01-01 00:00:00Z",
    };
    const answer = { ...protocol, correlation_id: "of the first call", access_token: "secret", foo: 1 };
    expect(reduced(answer)).toEqual(protocol);
  });

  it("are no secrets that the server quotes, nor the owner's name", () => {
    const told = "no user DOMAIN\\alice with refresh-token-12345 and eyJhbGciOiJSUzI1NiJ9.e30.c2ln";
    const text = JSON.stringify(
      reduced({ error: "x", error_description: told }, ["refresh-token-12345", "DOMAIN\\alice"]),
    );
    expect(text).not.toMatch(/alice|12345|eyJ/);
  });

  it.each(["The account alice@contoso.com is unknown.", "'alice.o'neil@contoso.com'", "<bob@contoso.onmicrosoft.com>"])(
    "are no names of others either: %s",
    (told) => {
      const text = JSON.stringify(reduced({ error: "x", error_description: told }));
      expect(text).toContain("[redacted]");
      expect(text).not.toMatch(/@|contoso/);
    },
  );

  it("is the text of what is not JSON, such as a SOAP fault, without secrets and names", () => {
    const fault = "<s:Fault><s:Text>bad password hunter2-hunter2 of alice@contoso.com</s:Text></s:Fault>";
    expect(reduceRefusal(fault, ["hunter2-hunter2"])).toBe(
      "<s:Fault><s:Text>bad password [redacted] of [redacted]</s:Text></s:Fault>",
    );
  });

  it("is nothing of JSON that is no refusal, such as a gateway's own or an answer with tokens", () => {
    expect(reduceRefusal('{"message":"Too many requests"}', [])).toBe("");
    expect(reduceRefusal('{"access_token":"secret"}', [])).toBe("");
  });

  it("is nothing of a long page", () => {
    expect(reduceRefusal("x".repeat(8193), [])).toBe("");
    expect(reduceRefusal("x".repeat(8192), [])).toHaveLength(8192);
  });
});

describe("what counts as a refusal that was kept (B6.3)", () => {
  it.each([
    [400, '{"error":"invalid_grant"}', true],
    [500, "<s:Fault/>", true],
    [429, "", true],
    [200, '{"error":"invalid_grant"}', false],
    [400, '{"access_token":"planted"}', false],
  ])("is an answer %i %s: %s", (status, body, expected) => {
    expect(isKeptRefusal({ status, body })).toBe(expected);
  });
});
