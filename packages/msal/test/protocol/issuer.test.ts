import { describe, expect, it } from "vitest";
import { isDefiniteIssuer, issuerFor } from "../../src/protocol/issuer.ts";

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

describe("issuerFor (B5.3)", () => {
  it("names the tenant where the metadata has a placeholder", () => {
    expect(issuerFor("$&", "https://login.example/{tenantid}/v2.0")).toBe("https://login.example/$&/v2.0");
  });

  it("leaves a definite issuer as it is, whatever the tenant", () => {
    for (const tenant of [undefined, "other"])
      expect(issuerFor(tenant, "https://a.example/")).toBe("https://a.example/");
  });

  it("knows none without the tenant, or with one that is a placeholder itself", () => {
    for (const tenant of [undefined, "{tenantid}"]) expect(issuerFor(tenant, "https://a/{tenantid}")).toBeUndefined();
  });
});
