import { MsalError } from "../error/msal-error.ts";
import { isJsonObject } from "./json-object.ts";
import type { JsonObject } from "./json-object.ts";
import { readNumber, readText } from "./wire-value.ts";

/** The protocol's codes that ask for the user (OpenID Connect Core, section 3.1.2.6). */
const interactionErrors: ReadonlySet<unknown> = new Set(["interaction_required", "login_required", "consent_required"]);

/** What Entra ID says beside `invalid_grant` when a sign-in mends it. */
const interactionSuberrors: ReadonlySet<unknown> = new Set([
  "basic_action", // a step during sign-in, such as a second factor
  "additional_action", // a step elsewhere, such as enrolling the device, that the sign-in explains
  "message_only", // nothing helps now, and the sign-in tells the user why
  "consent_required",
  "user_password_expired",
  "bad_token", // the refresh token was withdrawn
  "token_expired", // the refresh token has ended
]);

/**
 * The AADSTS numbers beside `invalid_grant` that only the user can mend.
 *
 * Not among them: a wrong password (50126), an unknown, locked or disabled user (50034, 50053, 50057), a loop of
 * requests (50196). There the next sign-in fails as well, or the caller may simply try again.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const interactionNumbers: ReadonlySet<number> = new Set([
  16000, // several users are signed in: one has to be chosen
  50055, // the password has expired
  50058, // there is no session to sign in with silently
  50072, // a second factor has to be enrolled
  50074, // strong authentication is needed
  50076, // a second factor is needed
  50078, // the second factor was given too long ago
  50079, // a second factor has to be enrolled, by the tenant's policy
  50097, // the device has to authenticate
  50132, // the session was ended, or the password changed
  50133, // the session ended by a password change
  50144, // the password has expired in the on-premises directory
  50158, // a check by another provider is needed
  50173, // the grant was withdrawn, mostly by a new password
  53000, // the device does not comply with policy
  53001, // the device has not joined the domain
  53002, // the application is not an approved one
  53003, // conditional access refuses; the sign-in shows why and what to do
  53004, // the second factor has to be enrolled after a risky sign-in
  65001, // consent is missing
  70000, // the grant ended (personal accounts) or was withdrawn
  70008, // the refresh token ended for want of use, or the code did
  70043, // the refresh token ended by the sign-in frequency of a policy
  700082, // the refresh token ended for want of use
]);

/**
 * Whether the user has to be asked: by an interactive call, or by sending them through the authorization code flow.
 *
 * True for
 *
 * - `null`, the answer of a silent call that found nothing in the cache;
 * - `interaction_required`, `login_required` and `consent_required`;
 * - `invalid_grant` when its `suberror` or AADSTS number is one that a sign-in mends, or when it has neither: providers
 *   other than Entra ID say no more than that what the user once granted no longer counts (RFC 6749, section 5.2).
 *
 * An {@link MsalError}, such as `unwrap` throws, is judged by its `response`.
 *
 * False for tokens, and for refusals that a sign-in does not mend, such as a wrong password or a wrong client secret.
 * Hand the refusal's `claims`, where it has them, to the interactive call as `claimsChallenge`.
 *
 * @example
 *
 * ```ts
 * import { isInteractionRequired } from "msal-ts";
 * import type { AuthResult } from "msal-ts";
 *
 * export function nextStep(result: AuthResult | null): string {
 *   return isInteractionRequired(result) ? "sign in" : "go on";
 * }
 * ```
 */
export function isInteractionRequired(result: object | null): boolean {
  if (result === null) return true;
  if (result instanceof MsalError) return result.response !== undefined && isInteractionRequired(result.response);
  if (!isJsonObject(result)) return false;
  if (interactionErrors.has(result["error"])) return true;
  return result["error"] === "invalid_grant" && isEndedGrant(result);
}

function isEndedGrant(refusal: JsonObject): boolean {
  const suberror = readText(refusal["suberror"]);
  const numbers = readNumbers(refusal);
  if (suberror === undefined && numbers.length === 0) return true;
  return interactionSuberrors.has(suberror) || numbers.some((number) => interactionNumbers.has(number));
}

/** A refusal in the redirect has no `error_codes`; its text begins with the number. */
function readNumbers({ error_codes: codes, error_description: text }: JsonObject): number[] {
  if (Array.isArray(codes) && codes.length > 0) return codes.flatMap((code) => readNumber(code) ?? []);
  const inText = /\bAADSTS(\d+)/.exec(readText(text) ?? "")?.[1];
  return inText === undefined ? [] : [Number(inText)];
}
