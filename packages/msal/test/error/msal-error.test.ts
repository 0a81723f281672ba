import { describe, expect, it } from "vitest";
import { MsalError } from "../../src/error/msal-error.ts";

describe("MsalError", () => {
  it("says what happened and no more than is known", () => {
    const error = new MsalError("network_error", "No answer.");
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: "MsalError", code: "network_error", message: "No answer.", retryable: false });
    for (const field of ["cause", "status", "correlationId", "retryAfter", "response"]) {
      expect(error).not.toHaveProperty(field);
    }
  });

  it("keeps every detail", () => {
    const cause = new Error("beneath");
    const details = { status: 503, correlationId: "c", retryAfter: 5, response: { error: "e" } };
    const error = new MsalError("server_error", "Down.", { ...details, cause, retryable: true });
    expect(error).toMatchObject({ ...details, retryable: true });
    expect(error.cause).toBe(cause);
    expect(Object.keys(error)).not.toContain("cause");
  });

  it("is named AbortError when the call was cancelled, as on the platform", () => {
    expect(new MsalError("aborted", "Cancelled.").name).toBe("AbortError");
  });
});
