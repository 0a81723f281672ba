import { describe, expect, it } from "vitest";
import type { AuthorizeResponse } from "../../src/protocol/authorize-response.ts";
import { readAuthorizeResponse } from "../../src/protocol/authorize-response.ts";
import { argumentErrorOf, msalErrorOf } from "../support/thrown.ts";

const state = "state-of-the-flow";
const issuer = "https://login.example/tenant/v2.0";
const read = (response: AuthorizeResponse) => readAuthorizeResponse(response, { state, issuer });

describe("readAuthorizeResponse (B5.2)", () => {
  it("gives the code, and the client info where there is one", () => {
    expect(read({ code: "c", state, session_state: "x" })).toEqual({ code: "c" });
    expect(read({ code: "c", state, client_info: "i" })).toEqual({ code: "c", clientInfo: "i" });
  });

  it("reads URLSearchParams", () => {
    expect(read(new URLSearchParams({ code: "c d", state }))).toEqual({ code: "c d" });
  });

  it("reads lists of one value, as web frameworks give them", () => {
    expect(read({ code: ["c"], state: [state] })).toEqual({ code: "c" });
  });

  it.each<[string, AuthorizeResponse]>([
    ["an object", { code: ["c", "d"], state }],
    [
      "URLSearchParams",
      new URLSearchParams([
        ["code", "c"],
        ["code", "d"],
        ["state", state],
      ]),
    ],
  ])("refuses a parameter that comes twice in %s", (_, response) => {
    const error = argumentErrorOf(() => read(response));
    expect(error.code).toBe("invalid_flow");
    expect(error.message).toBe('"authResponse" must hold "code" once, not 2 times.');
  });

  it("refuses a value that is no string", () => {
    expect(argumentErrorOf(() => read({ code: { a: 1 }, state })).message).toBe(
      '"authResponse" must hold "code" as a string, not as a value of type object.',
    );
  });

  it("ignores parameters it does not know, whatever they hold", () => {
    expect(read({ code: "c", state, other: { a: 1 }, more: ["1", "2"] })).toEqual({ code: "c" });
  });

  it.each([undefined, null, "code=c", ["c"]])("refuses %j, which is no object", (response) => {
    const error = argumentErrorOf(() => read(response as unknown as AuthorizeResponse));
    expect(error.code).toBe("invalid_flow");
    expect(error.message).toMatch(/^"authResponse" must be an object with the redirect's parameters/);
  });

  it("takes nothing from the prototype", () => {
    const error = msalErrorOf(() => read(Object.create({ code: "c", state }) as AuthorizeResponse));
    expect(error.code).toBe("state_mismatch");
  });

  it.each([
    [{ code: "secret-code", state: "foreign-state" }, "carries another state"],
    [{ code: "secret-code", state: `${state}x` }, "carries another state"],
    [{ code: "secret-code", state: "" }, "carries no state"],
    [{ code: "secret-code" }, "carries no state"],
    [{ error: "access_denied" }, "carries no state"],
  ])("refuses a foreign or missing state in %j, showing neither code nor state", (response, told) => {
    const error = msalErrorOf(() => read(response));
    expect(error.code).toBe("state_mismatch");
    expect(error.message).toContain(told);
    expect(error.message).not.toMatch(/secret-code|foreign-state|state-of-the-flow/);
  });

  it("refuses an answer with neither code nor error", () => {
    const error = argumentErrorOf(() => read({ state }));
    expect(error.code).toBe("invalid_flow");
    expect(error.message).toMatch(/^"authResponse" must hold a code or an error/);
    expect(error.message).not.toContain(state);
  });

  it("gives back of an error its three fields alone", () => {
    const response = {
      error: "access_denied",
      error_description: "The user declined.",
      error_uri: "https://e.example/",
      state,
      code: "c",
      trace_id: "t",
    };
    expect(read(response)).toEqual({
      error: "access_denied",
      error_description: "The user declined.",
      error_uri: "https://e.example/",
    });
    expect(read({ error: "access_denied", state, error_description: "" })).toEqual({ error: "access_denied" });
  });
});

describe("the issuer of the answer (RFC 9207, B5.3)", () => {
  it("passes when it is the authority's", () => {
    expect(read({ code: "c", state, iss: issuer })).toEqual({ code: "c" });
  });

  it.each([{ code: "c" }, { error: "access_denied" }])("refuses %j from another one, and shows both", (answer) => {
    const error = msalErrorOf(() => read({ ...answer, state, iss: "https://evil.example/" }));
    expect(error.code).toBe("issuer_mismatch");
    expect(error.message).toContain('"https://evil.example/"');
    expect(error.message).toContain(`"${issuer}"`);
  });

  it.each([undefined, "https://login.example/{tenantid}/v2.0"])("is not compared with %j", (expected) => {
    const response = { code: "c", state, iss: "https://other.example/" };
    expect(readAuthorizeResponse(response, { state, issuer: expected })).toEqual({ code: "c" });
  });

  it("is judged after the state", () => {
    expect(msalErrorOf(() => read({ code: "c", state: "x", iss: "https://evil.example/" })).code).toBe(
      "state_mismatch",
    );
  });
});
