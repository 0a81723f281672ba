import { describe, expect, it } from "vitest";
import { redactResponse } from "../../src/error/redact-response.ts";

const long = "0.AX-a-refresh-token";

describe("redactResponse (B4.12)", () => {
  it("takes a secret that a program made out of every field", () => {
    const fields = ["error", "error_description", "error_uri", "suberror", "classification", "claims"] as const;
    const more = ["correlation_id", "trace_id", "timestamp"] as const;
    for (const field of [...fields, ...more]) {
      const clean = redactResponse({ error: "e", [field]: `about ${long}!` }, [long]);
      expect(clean[field]).toBe("about [redacted]!");
    }
  });

  it("takes a short secret out of what a person reads, and leaves what a program reads", () => {
    const response = { error: "invalid_grant", error_description: "no grant", error_uri: "https://x/grant" };
    expect(redactResponse(response, ["grant"])).toEqual({
      error: "invalid_grant",
      error_description: "no [redacted]",
      error_uri: "https://x/[redacted]",
    });
  });

  it("takes out what looks like a token, though nobody named it", () => {
    const clean = redactResponse({ error: "e", error_description: "got eyJhbGciOiJub25lIn0.e30.c2ln" });
    expect(clean.error_description).toBe("got [redacted]");
  });

  it("gives a copy, and adds no field", () => {
    const response = Object.freeze({ error: "e", error_codes: [7] });
    const clean = redactResponse(response, [long]);
    expect(clean).toEqual({ error: "e", error_codes: [7] });
    expect(clean).not.toBe(response);
    expect(Object.keys(clean)).toEqual(["error", "error_codes"]);
  });
});
