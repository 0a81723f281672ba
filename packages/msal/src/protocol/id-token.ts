import { MsalError } from "../error/msal-error.ts";
import { decodeBase64urlText } from "./base64url.ts";
import { equalInConstantTime } from "./constant-time.ts";
import { issuerFor } from "./issuer.ts";
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
 * The claims of an id token. Checks their types and nothing else: {@link checkIdToken} has the rules.
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

/** What an id token has to fulfil. */
export interface IdTokenRules {
  readonly clientId: string;
  /** The issuer in the authority's metadata. For a placeholder such as `{tenantid}` stands the token's own `tid`. */
  readonly issuer?: string | undefined;
  /** Epoch seconds; the server's own time where it is known. */
  readonly now: number;
  /** By how many seconds two clocks may differ. Default: 120. */
  readonly skew?: number;
  /** The nonce that the authorization request carried. */
  readonly nonce?: string | undefined;
  /** The `max_age` that was asked for, in seconds. */
  readonly maxAge?: number | undefined;
}

const defaultSkew = 120;

/**
 * Checks an id token that came straight from the token endpoint (OpenID Connect Core, section 3.1.3.7).
 *
 * @throws {@link MsalError} `invalid_id_token` whose message names the rule, what was expected and what was found.
 */
export function checkIdToken(claims: IdTokenClaims, rules: IdTokenRules): void {
  checkIssuer(claims, rules);
  checkAudience(claims, rules);
  checkTimes(claims, rules);
  checkNonce(claims, rules);
  checkAge(claims, rules);
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

function checkIssuer({ iss, tid }: IdTokenClaims, { issuer }: IdTokenRules): void {
  if (!issuer) return;
  const expected = issuerFor(tid, issuer);
  if (expected === undefined) throw broken("tid", `a tenant for the issuer ${JSON.stringify(issuer)}`, "none");
  if (iss !== expected) throw broken("iss", JSON.stringify(expected), JSON.stringify(iss));
}

function checkAudience({ aud, azp }: IdTokenClaims, { clientId }: IdTokenRules): void {
  const audiences = typeof aud === "string" ? [aud] : aud;
  if (!audiences.includes(clientId)) throw broken("aud", JSON.stringify(clientId), JSON.stringify(aud));
  // Of several audiences the authorized party says for whom the token was made.
  if (audiences.length > 1 && azp !== clientId) {
    throw broken("azp", `${JSON.stringify(clientId)} for a token of several audiences`, found(azp));
  }
}

function checkTimes({ exp, nbf }: IdTokenClaims, { now, skew = defaultSkew }: IdTokenRules): void {
  if (exp <= now - skew) throw broken("exp", `a time after ${now - skew}`, `${exp}`, clockHint);
  if (typeof nbf === "number" && nbf > now + skew) {
    throw broken("nbf", `a time not after ${now + skew}`, `${nbf}`, clockHint);
  }
}

function checkNonce(claims: IdTokenClaims, { nonce }: IdTokenRules): void {
  if (nonce === undefined || equalInConstantTime(claims.nonce ?? "", nonce)) return;
  const hint = "The token belongs to another sign-in: start again.";
  throw broken("nonce", "the one that was sent", claims.nonce ? "another value" : "none", hint);
}

function checkAge(claims: IdTokenClaims, { now, maxAge, skew = defaultSkew }: IdTokenRules): void {
  if (maxAge === undefined) return;
  const authTime = claims.auth_time;
  if (typeof authTime === "number" && authTime >= now - maxAge - skew) return;
  const expected = `a time not before ${now - maxAge - skew}, since max_age is ${maxAge}`;
  throw broken("auth_time", expected, found(authTime), "The user has to sign in again.");
}

const clockHint = "Check this machine's clock.";

function found(value: unknown): string {
  return value === undefined || value === null ? "none" : JSON.stringify(value);
}

function broken(claim: string, expected: string, actual: string, hint?: string): MsalError {
  const told = `breaks the rule for "${claim}": expected ${expected}, found ${actual}.`;
  return invalid(hint === undefined ? told : `${told} ${hint}`);
}
