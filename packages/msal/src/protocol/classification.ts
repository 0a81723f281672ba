import type { ErrorResponse } from "../error/error-response.ts";

/** Suberrors about the library's own business: no application can act on them. */
const internal: ReadonlySet<string> = new Set([
  "bad_token",
  "token_expired",
  "protection_policy_required",
  "client_mismatch",
  "device_authentication_failed",
]);

/**
 * What the user could do about a refused silent call, in Entra ID's words: `basic_action`, `additional_action`,
 * `message_only`, `consent_required`, `user_password_expired`; empty when there is nothing to tell them.
 */
export function classify({ suberror = "" }: ErrorResponse): string {
  return internal.has(suberror) ? "" : suberror;
}
