import { type AuthResult, type TokenResponse, unwrap } from "msal-ts";

/** Makes a thousand equal calls at once and checks that all got the same token. */
export async function thousand(call: () => Promise<AuthResult | null>): Promise<TokenResponse> {
  const results = await Promise.all(Array.from({ length: 1000 }, call));
  const tokens = results.filter((result) => result !== null).map(unwrap);
  const [first] = tokens;
  if (first === undefined || tokens.length < 1000) throw new Error(`Only ${tokens.length} of 1000 calls got a token.`);
  const different = tokens.filter(({ access_token }) => access_token !== first.access_token).length;
  if (different > 0) throw new Error(`${different} of 1000 calls got a token of their own.`);
  return first;
}
