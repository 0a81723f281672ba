import { MsalArgumentError } from "../error/argument-error.ts";
import { decodeBase64urlText } from "./base64url.ts";
import { isJsonObject, parseJsonObject } from "./json-object.ts";
import type { JsonObject } from "./json-object.ts";

/**
 * Reads a claims challenge: what a protected API demands of the next token (OpenID Connect Core, section 5.5).
 *
 * @throws {@link MsalArgumentError} `invalid_claims` unless it is a JSON object. The message does not quote it.
 */
export function parseClaimsChallenge(challenge: unknown, option = "claimsChallenge"): JsonObject {
  if (typeof challenge !== "string") {
    throw invalid(option, `must be a string that holds a JSON object, not a value of type ${typeof challenge}.`);
  }
  const claims = parseJsonObject(challenge);
  if (claims !== undefined) return claims;
  if (isEncodedObject(challenge)) {
    throw invalid(option, "must be JSON, but is base64; decode the header's value before you give it.");
  }
  throw invalid(option, 'must hold a JSON object; give for example {"access_token":{"nbf":{"essential":true}}}.');
}

/**
 * The `claims` parameter: the challenge, with the application's capabilities in place of its `access_token.xms_cc`.
 * `undefined` when there is neither.
 *
 * @throws {@link MsalArgumentError} `invalid_claims` when the challenge is not a JSON object.
 * @see https://learn.microsoft.com/entra/identity-platform/claims-challenge
 */
export function mergeClaims(
  claimsChallenge: string | undefined,
  clientCapabilities: readonly string[] | undefined,
): string | undefined {
  const claims = claimsChallenge === undefined ? {} : parseClaimsChallenge(claimsChallenge);
  if (clientCapabilities === undefined || clientCapabilities.length === 0) return claimsChallenge;
  const asked = claims["access_token"];
  const accessToken = { ...(isJsonObject(asked) ? asked : {}), xms_cc: { values: clientCapabilities } };
  return JSON.stringify({ ...claims, access_token: accessToken });
}

/** APIs send their challenge in base64 within `WWW-Authenticate`, so it is often passed on as it came. */
function isEncodedObject(text: string): boolean {
  try {
    const encoded = text.replaceAll("+", "-").replaceAll("/", "_");
    return parseJsonObject(decodeBase64urlText(encoded)) !== undefined;
  } catch {
    return false;
  }
}

function invalid(option: string, message: string): MsalArgumentError {
  return new MsalArgumentError("invalid_claims", option, message);
}
