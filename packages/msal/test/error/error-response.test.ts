import { describe, expect, it } from "vitest";
import { isErrorResponse, readErrorResponse } from "../../src/error/error-response.ts";

describe("readErrorResponse", () => {
  it("reads all that Entra ID tells", () => {
    const answer = {
      error: "invalid_grant",
      error_description: "AADSTS50076: Text.",
      error_uri: "https://login.example/error?code=50076",
      error_codes: [50076],
      suberror: "basic_action",
      classification: "basic_action",
      claims: '{"access_token":{}}',
      correlation_id: "c",
      trace_id: "t",
      timestamp: "2026-01-31 12:00:00Z",
    };
    expect(readErrorResponse({ ...answer, other: 1, access_token: "secret" })).toEqual(answer);
  });

  it("drops fields that are empty or of the wrong type", () => {
    expect(readErrorResponse({ error: "e", suberror: "", claims: {}, trace_id: null, error_codes: "50076" })).toEqual({
      error: "e",
    });
  });

  it("reads error codes that came as texts, and drops those that are no whole numbers", () => {
    expect(readErrorResponse({ error: "e", error_codes: ["50076", 1.5, "x", 7] })?.error_codes).toEqual([50076, 7]);
  });

  it.each([{}, { error: "" }, { error: 5 }, { error: null }, { error: { code: "e" } }])(
    "finds no error in %j",
    (answer) => {
      expect(readErrorResponse(answer)).toBeUndefined();
    },
  );
});

describe("isErrorResponse", () => {
  it("tells a refusal from tokens", () => {
    expect(isErrorResponse({ error: "invalid_grant" })).toBe(true);
    expect(isErrorResponse({ access_token: "a" })).toBe(false);
  });
});
