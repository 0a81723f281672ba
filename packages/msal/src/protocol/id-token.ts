import { MsalError } from "../error/msal-error.ts";
import { decodeBase64urlText } from "./base64url.ts";
import { parseJsonObject } from "./json-object.ts";
import type { JsonObject } from "./json-object.ts";

/** What an id token says of the user and of itself (OpenID Connect Core, section 2, and Entra ID's own claims). */
export interface IdTokenClaims {
  /** The user, as this application knows them. */
  readonly sub: string;
  /** The user's object id in the tenant. */
  readonly oid?: string;
  /** The tenant. */
  readonly tid?: string;
  readonly preferred_username?: string;
  readonly upn?: string;
  readonly name?: string;
  readonly iss: string;
  readonly aud: string | readonly string[];
  /** When the token ends. Epoch seconds, like all times here. */
  readonly exp: number;
  readonly iat: number;
  readonly nbf?: number;
  readonly nonce?: string;
  /** When the user last typed a credential. */
  readonly auth_time?: number;
  readonly [claim: string]: unknown;
}

/**
 * The claims of an id token. Checks their types and nothing else: `checkIdToken` has the rules.
 *
 * @throws {@link MsalError} `invalid_id_token`. The message never shows the token.
 */
export function decodeIdToken(token: string): IdTokenClaims {
  const parts = token.split(".");
  const payload = parts[1];
  if (payload === undefined || parts.length !== 3) throw invalid("is not a signed JWT of three parts.");
  const claims = parseJsonObject(decodePayload(payload));
  if (claims === undefined) throw invalid("does not hold a JSON object.");
  if (isIdTokenClaims(claims)) return claims;
  throw invalid(`has no usable claim "${findFault(claims)}".`);
}

function decodePayload(payload: string): string {
  try {
    return decodeBase64urlText(payload);
  } catch {
    throw invalid("is not base64url of UTF-8 text.");
  }
}

function isIdTokenClaims(claims: JsonObject): claims is JsonObject & IdTokenClaims {
  return findFault(claims) === undefined;
}

const requiredTexts = ["sub", "iss"] as const;
const optionalTexts = ["oid", "tid", "preferred_username", "upn", "name", "nonce"] as const;
const requiredTimes = ["exp", "iat"] as const;
const optionalTimes = ["nbf", "auth_time"] as const;

function findFault(claims: JsonObject): string | undefined {
  const isAbsent = (name: string): boolean => claims[name] === undefined || claims[name] === null;
  return (
    requiredTexts.find((name) => typeof claims[name] !== "string" || claims[name] === "") ??
    requiredTimes.find((name) => !Number.isFinite(claims[name])) ??
    (isAudience(claims["aud"]) ? undefined : "aud") ??
    optionalTexts.find((name) => !isAbsent(name) && typeof claims[name] !== "string") ??
    optionalTimes.find((name) => !isAbsent(name) && !Number.isFinite(claims[name]))
  );
}

function isAudience(audience: unknown): boolean {
  const list: readonly unknown[] = Array.isArray(audience) ? audience : [audience];
  return list.length > 0 && list.every((entry) => typeof entry === "string");
}

function invalid(fault: string): MsalError {
  return new MsalError("invalid_id_token", `The id token ${fault}`);
}
