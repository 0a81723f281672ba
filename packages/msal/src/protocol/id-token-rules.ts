import { MsalError } from "../error/msal-error.ts";
import { equalInConstantTime } from "./constant-time.ts";
import { hex, sha256 } from "./digest.ts";
import type { IdTokenClaims } from "./id-token.ts";
import { isDefiniteIssuer } from "./issuer.ts";

/** What an id token has to fulfil. */
export interface IdTokenRules {
  readonly clientId: string;
  /** The issuer in the authority's metadata. One with a placeholder such as `{tenantid}` is not compared. */
  readonly issuer?: string | undefined;
  /** Epoch seconds; the server's own time where it is known. */
  readonly now: number;
  /** By how many seconds two clocks may differ. Default: 120. */
  readonly skew?: number;
  /** The nonce of the flow. Its SHA-256 in hexadecimal was sent, and the token has to hold that. */
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
export async function checkIdToken(claims: IdTokenClaims, rules: IdTokenRules): Promise<void> {
  checkIssuer(claims, rules);
  checkAudience(claims, rules);
  checkTimes(claims, rules);
  await checkNonce(claims, rules);
  checkAge(claims, rules);
}

function checkIssuer({ iss }: IdTokenClaims, { issuer }: IdTokenRules): void {
  if (isDefiniteIssuer(issuer) && iss !== issuer) throw broken("iss", JSON.stringify(issuer), JSON.stringify(iss));
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

async function checkNonce(claims: IdTokenClaims, { nonce }: IdTokenRules): Promise<void> {
  if (nonce === undefined) return;
  const expected = hex(await sha256(nonce));
  if (equalInConstantTime(claims.nonce ?? "", expected)) return;
  const hint = "The token belongs to another sign-in: start again.";
  throw broken("nonce", "the hash of the flow's nonce", claims.nonce ? "another value" : "none", hint);
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
  const told = `The id token breaks the rule for "${claim}": expected ${expected}, found ${actual}.`;
  return new MsalError("invalid_id_token", hint === undefined ? told : `${told} ${hint}`);
}
