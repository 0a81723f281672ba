import { describe, expect, it } from "vitest";
import { codeChallenge, codeVerifier } from "../../src/protocol/pkce.ts";

describe("PKCE (B5.1)", () => {
  it("makes the challenge of RFC 7636, appendix B", async () => {
    const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    expect(await codeChallenge(verifier)).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });

  it.each([
    [32, 43],
    [96, 128],
  ])("makes a verifier of %i bytes %i characters long", (bytes, characters) => {
    expect(codeVerifier(new Uint8Array(bytes).fill(251))).toMatch(new RegExp(`^[\\w-]{${characters}}$`));
  });

  it.each([31, 97])("refuses %i bytes, which RFC 7636 does not allow", (length) => {
    expect(() => codeVerifier(new Uint8Array(length))).toThrow(RangeError);
  });
});
