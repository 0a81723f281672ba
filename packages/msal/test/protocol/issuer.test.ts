import { describe, expect, it } from "vitest";
import { isDefiniteIssuer } from "../../src/protocol/issuer.ts";

describe("isDefiniteIssuer (B5.3)", () => {
  it("takes an issuer without a placeholder", () => {
    expect(isDefiniteIssuer("https://login.example/tenant/v2.0")).toBe(true);
  });

  it.each([undefined, "", "https://login.example/{tenantid}/v2.0", "https://login.example/{tenant}"])(
    "passes over %j",
    (issuer) => {
      expect(isDefiniteIssuer(issuer)).toBe(false);
    },
  );
});
