import { describe, expect, it } from "vitest";
import { checkClientClaims } from "../../src/credential/client-claims.ts";
import { MsalArgumentError } from "../../src/error/argument-error.ts";

const circular: Record<string, unknown> = {};
circular["self"] = [circular];

describe("checkClientClaims", () => {
  it("gives a frozen copy of a plain JSON object", () => {
    const shared = { here: true };
    const claims = { client_ip: "203.0.113.7", n: 1, list: [null, shared], twice: shared };
    const checked = checkClientClaims(claims);
    expect(checked).toEqual(claims);
    shared.here = false;
    expect(checked).toHaveProperty("twice.here", true);
    expect(Object.isFrozen(checked)).toBe(true);
    expect(checkClientClaims(Object.create(null))).toEqual({});
  });

  it.each([
    ["no object", "x"],
    ["null", null],
    ["a list", []],
    ["a Map", new Map()],
    ["a Date inside", { at: new Date(0) }],
    ["undefined inside", { a: undefined }],
    ["a function inside", { a: [() => 1] }],
    ["NaN inside", { a: Number.NaN }],
    ["a circle", circular],
  ])("refuses %s", (_what, value) => {
    expect(() => checkClientClaims(value)).toThrow(MsalArgumentError);
    expect(() => checkClientClaims(value)).toThrow(
      expect.objectContaining({
        code: "invalid_option",
        option: "clientClaims",
        message: '"clientClaims" must be a plain JSON object; give for example { client_ip: "203.0.113.7" }.',
      }),
    );
  });
});
