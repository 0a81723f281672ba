import { describe, expect, it } from "vitest";
import { classify } from "../../src/protocol/classification.ts";

describe("classify (B5.10)", () => {
  it.each([
    "basic_action",
    "additional_action",
    "message_only",
    "consent_required",
    "user_password_expired",
    "new_one",
  ])("passes %s on", (suberror) => {
    expect(classify({ error: "invalid_grant", suberror })).toBe(suberror);
  });

  it.each([
    "bad_token",
    "token_expired",
    "protection_policy_required",
    "client_mismatch",
    "device_authentication_failed",
    undefined,
  ])("is empty for %s", (suberror) => {
    expect(classify({ error: "invalid_grant", ...(suberror !== undefined && { suberror }) })).toBe("");
  });
});
