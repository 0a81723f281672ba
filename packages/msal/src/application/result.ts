import type { Account } from "./account.ts";
import type { ErrorResponse } from "../error/error-response.ts";
import { requestRefused } from "../error/request-refused.ts";
import type { IdTokenClaims } from "../protocol/id-token.ts";

/** Where the token of a response came from; `broker` is the operating system's. */
export type TokenSource = "identity_provider" | "cache" | "broker";

/** A token, in the wire's names (RFC 6749, section 5.1), with what the library knows of it. */
export interface TokenResponse {
  /** Send it to the API as `Authorization: Bearer …`. Absent only when the provider gave nothing but an id token. */
  access_token?: string;
  /** `Bearer`, unless another kind was asked for. */
  token_type?: string;
  /** Seconds from now until the access token ends. */
  expires_in: number;
  /** The scopes granted, separated by spaces. */
  scope?: string;
  /** The id token as it came. Only in answers of the identity provider. */
  id_token?: string;
  /** What the id token says, checked (OpenID Connect Core, section 3.1.3.7). */
  id_token_claims?: IdTokenClaims;
  /** The cache holds it already; an application seldom needs it. */
  refresh_token?: string;
  /** Seconds since the Unix epoch after which the library renews the token, although it still is valid. */
  refresh_on?: number;
  /** Whether the token came over the network, from the cache, or from the operating system's broker. */
  token_source: TokenSource;
  /** The id under which the identity provider logs the request. */
  correlation_id: string;
  /** Who signed in. Absent for the application's own tokens. */
  account?: Account;
}

/** What every flow gives: a token or the identity provider's refusal. `"error" in result` tells them apart. */
export type AuthResult = TokenResponse | ErrorResponse;

/**
 * For those who prefer exceptions: gives the token, or throws the refusal as an {@link MsalError}.
 *
 * @example
 *
 * ```ts
 * import { ConfidentialClientApplication, unwrap } from "msal-ts";
 *
 * export async function graphToken(app: ConfidentialClientApplication): Promise<string | undefined> {
 *   return unwrap(await app.acquireTokenForClient(["https://graph.microsoft.com/.default"])).access_token;
 * }
 * ```
 *
 * @param result - What a flow returned.
 * @returns The same object, narrowed to {@link TokenResponse}.
 * @throws {@link MsalError} With code `request_refused`; its `response` is the refusal.
 */
export function unwrap(result: AuthResult): TokenResponse {
  if (!("error" in result)) return result;
  throw requestRefused(result, describe(result));
}

function describe({ error, error_description }: ErrorResponse): string {
  return error_description === undefined ? error : `${error}: ${error_description}`;
}
