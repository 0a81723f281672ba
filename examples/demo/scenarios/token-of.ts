import { type AuthResult, type TokenResponse, unwrap } from "msal-ts";

/** The token of a silent call that must succeed. */
export function tokenOf(result: AuthResult | null): TokenResponse {
  if (result === null) throw new Error("The cache holds nothing of this user.");
  return unwrap(result);
}
