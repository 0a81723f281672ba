import { describe, expect, it } from "vitest";
import { mergeClaims, parseClaimsChallenge } from "../../src/protocol/claims.ts";
import { argumentErrorOf } from "../support/thrown.ts";

const challenge = '{"access_token":{"nbf":{"essential":true,"value":"1"}},"id_token":{"acr":null}}';

describe("parseClaimsChallenge (B2.7)", () => {
  it("reads a JSON object", () => {
    expect(parseClaimsChallenge(challenge)).toEqual(JSON.parse(challenge));
  });

  it.each(["", "no json", "[]", "null", '"text"', '{"secret-challenge":'])(
    "refuses %j and does not quote it",
    (text) => {
      const error = argumentErrorOf(() => parseClaimsChallenge(text));
      expect(error.code).toBe("invalid_claims");
      expect(error.message).toBe(
        '"claimsChallenge" must hold a JSON object; give for example {"access_token":{"nbf":{"essential":true}}}.',
      );
      expect(error.cause).toBeUndefined();
    },
  );

  it.each(["base64", "base64url"] as const)("tells that a challenge in %s has to be decoded", (encoding) => {
    const encoded = Buffer.from('{"access_token":{"acrs":{"value":"c1>?"}}}').toString(encoding);
    expect(argumentErrorOf(() => parseClaimsChallenge(encoded)).message).toMatch(/must be JSON, but is base64; decode/);
  });

  it("refuses what is no string and names the option it was given", () => {
    const error = argumentErrorOf(() => parseClaimsChallenge({ access_token: {} }, "claims"));
    expect(error.message).toBe('"claims" must be a string that holds a JSON object, not a value of type object.');
  });
});

describe("mergeClaims (B2.7)", () => {
  it("gives nothing when there is nothing", () => {
    expect(mergeClaims(undefined, undefined)).toBeUndefined();
    expect(mergeClaims(undefined, [])).toBeUndefined();
  });

  it("passes a challenge on as it came when the application has no capabilities", () => {
    expect(mergeClaims(` ${challenge}`, [])).toBe(` ${challenge}`);
  });

  it("sends capabilities alone", () => {
    expect(mergeClaims(undefined, ["cp1", "x"])).toBe('{"access_token":{"xms_cc":{"values":["cp1","x"]}}}');
  });

  it("keeps the challenge's members beside the capabilities", () => {
    expect(JSON.parse(mergeClaims(challenge, ["cp1"]) ?? "")).toEqual({
      access_token: { nbf: { essential: true, value: "1" }, xms_cc: { values: ["cp1"] } },
      id_token: { acr: null },
    });
  });

  it("replaces the challenge's own capabilities", () => {
    const merged = mergeClaims('{"access_token":{"xms_cc":{"values":["old"],"essential":true}}}', ["cp1"]);
    expect(merged).toBe('{"access_token":{"xms_cc":{"values":["cp1"]}}}');
  });

  it("copes with an access_token that is null", () => {
    expect(mergeClaims('{"access_token":null}', ["cp1"])).toBe('{"access_token":{"xms_cc":{"values":["cp1"]}}}');
  });

  it("refuses an invalid challenge with and without capabilities", () => {
    expect(argumentErrorOf(() => mergeClaims("{", undefined)).code).toBe("invalid_claims");
    expect(argumentErrorOf(() => mergeClaims("{", ["cp1"])).code).toBe("invalid_claims");
  });
});
