import { describe, expect, it } from "vitest";
import { type AuthResult, unwrap } from "../../src/application/result.ts";
import { MsalError } from "../../src/error/msal-error.ts";
import { isInteractionRequired } from "../../src/protocol/interaction-required.ts";

describe("isInteractionRequired", () => {
  it("asks for the user when nothing is cached", () => {
    expect(isInteractionRequired(null)).toBe(true);
  });

  it.each(["interaction_required", "login_required", "consent_required"])("asks for the user after %s", (error) => {
    expect(isInteractionRequired({ error })).toBe(true);
  });

  it.each([
    "basic_action",
    "additional_action",
    "message_only",
    "consent_required",
    "user_password_expired",
    "bad_token",
    "token_expired",
  ])("asks for the user after invalid_grant with suberror %s", (suberror) => {
    expect(isInteractionRequired({ error: "invalid_grant", suberror, error_codes: [1] })).toBe(true);
  });

  it.each([
    16000, 50055, 50058, 50072, 50074, 50076, 50078, 50079, 50097, 50132, 50133, 50144, 50158, 50173, 53000, 53001,
    53002, 53003, 53004, 65001, 70000, 70008, 70043, 700082,
  ])("asks for the user after AADSTS%i", (number) => {
    expect(isInteractionRequired({ error: "invalid_grant", error_codes: [1, number] })).toBe(true);
    const error_description = `AADSTS${number}: Text. Trace ID: 1`;
    expect(isInteractionRequired({ error: "invalid_grant", error_description })).toBe(true);
    expect(isInteractionRequired({ error: "invalid_grant", error_description, error_codes: [] })).toBe(true);
  });

  it.each([50126, 50034, 50053, 50057, 50196])("does not ask for the user after AADSTS%i", (number) => {
    expect(isInteractionRequired({ error: "invalid_grant", error_codes: [number] })).toBe(false);
    expect(isInteractionRequired({ error: "invalid_grant", error_description: `AADSTS${number}: Text.` })).toBe(false);
    const refusal = { error: "invalid_grant", error_codes: [], error_description: `AADSTS${number}: Text.` };
    expect(isInteractionRequired(refusal)).toBe(false);
  });

  it("judges what unwrap throws by the refusal in it", () => {
    const thrownFor = (refusal: AuthResult): object => {
      try {
        return unwrap(refusal);
      } catch (error) {
        if (error instanceof MsalError) return error;
        throw error;
      }
    };
    expect(isInteractionRequired(thrownFor({ error: "interaction_required" }))).toBe(true);
    expect(isInteractionRequired(thrownFor({ error: "invalid_client" }))).toBe(false);
    expect(isInteractionRequired(new MsalError("network_error", "no answer"))).toBe(false);
  });

  it("believes error_codes before the text", () => {
    const error_description = "AADSTS50076: Text.";
    expect(isInteractionRequired({ error: "invalid_grant", error_codes: [50126], error_description })).toBe(false);
  });

  it.each(["client_mismatch", "protection_policy_required", "device_authentication_failed"])(
    "does not ask for the user after suberror %s",
    (suberror) => {
      expect(isInteractionRequired({ error: "invalid_grant", suberror })).toBe(false);
    },
  );

  it("asks for the user when a provider says invalid_grant and no more (RFC 6749, section 5.2)", () => {
    expect(isInteractionRequired({ error: "invalid_grant", error_description: "Token revoked." })).toBe(true);
  });

  it.each([
    { access_token: "a", expires_in: 5 },
    { error: "invalid_client", error_codes: [50076] },
    { error: "invalid_scope", suberror: "basic_action" },
    { error: "access_denied" },
    [],
  ])("does not ask for the user after %j", (result) => {
    expect(isInteractionRequired(result)).toBe(false);
  });
});
