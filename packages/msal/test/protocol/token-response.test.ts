import { describe, expect, it } from "vitest";
import { lifetimeOf, readTokenAnswer } from "../../src/protocol/token-response.ts";
import { msalErrorOf } from "../support/thrown.ts";

describe("readTokenAnswer", () => {
  it("reads tokens and keeps fields it does not know", () => {
    const answer = {
      access_token: "a",
      token_type: "Bearer",
      expires_in: 3600,
      ext_expires_in: 7200,
      refresh_in: 1800,
      expires_on: 99,
      scope: "s",
      id_token: "i",
      refresh_token: "r",
      client_info: "c",
      foci: "1",
      extra: { a: [1] },
    };
    expect(readTokenAnswer(answer)).toEqual(answer);
  });

  it("leaves the answer as it came", () => {
    const answer = Object.freeze({ access_token: "a", expires_in: "5", refresh_token: null });
    expect(readTokenAnswer(answer)).toEqual({ access_token: "a", expires_in: 5 });
    expect(answer).toEqual({ access_token: "a", expires_in: "5", refresh_token: null });
  });

  it("turns numbers that came as texts into numbers (B4.2)", () => {
    const texts = { expires_in: "3600", ext_expires_in: "7200", refresh_in: "1800", expires_on: "1700000000" };
    expect(readTokenAnswer({ access_token: "a", ...texts })).toEqual({
      access_token: "a",
      expires_in: 3600,
      ext_expires_in: 7200,
      refresh_in: 1800,
      expires_on: 1700000000,
    });
  });

  it.each([undefined, null, "", "soon"])("takes 600 s for an expires_in of %j (B4.2)", (value) => {
    expect(readTokenAnswer({ access_token: "a", expires_in: value })).toEqual({ access_token: "a", expires_in: 600 });
  });

  it("takes no lifetime for granted where expires_on tells it (B4.2)", () => {
    const answer = { access_token: "a", expires_on: 1000 };
    expect(readTokenAnswer(answer)).toEqual(answer);
    expect(lifetimeOf(answer, 400)).toBe(600);
    expect(lifetimeOf(answer, 1001)).toBe(0);
    expect(lifetimeOf({ ...answer, expires_in: 5 }, 400)).toBe(5);
  });

  it("counts known fields of the wrong type as absent", () => {
    const answer = { access_token: "a", refresh_token: null, scope: 5, foci: "", refresh_in: "x", id_token: {} };
    expect(readTokenAnswer(answer)).toEqual({ access_token: "a", expires_in: 600 });
  });

  it("takes an answer that holds an id token alone", () => {
    expect(readTokenAnswer({ id_token: "i" })).toEqual({ id_token: "i", expires_in: 600 });
  });

  it("gives a refusal as an ErrorResponse", () => {
    expect(readTokenAnswer({ error: "invalid_grant", error_codes: [50126], other: 1 })).toEqual({
      error: "invalid_grant",
      error_codes: [50126],
    });
  });

  it.each([
    {},
    { token_type: "Bearer" },
    { access_token: "" },
    { refresh_token: "secret" },
    [],
    null,
    "secret",
    undefined,
  ])("refuses %j, which is neither, and shows nothing of it", (json) => {
    const error = msalErrorOf(() => readTokenAnswer(json));
    expect(error.code).toBe("invalid_response");
    expect(error.message).toBe("The token endpoint answered with neither a token nor an error.");
  });
});
