import { encodeBase64url } from "./base64url.ts";
import { sha256 } from "./digest.ts";

/**
 * A code verifier of 43 to 128 characters, made of 32 to 96 random bytes (RFC 7636, section 4.1).
 *
 * @throws `RangeError` for fewer or more bytes.
 */
export function codeVerifier(bytes: Uint8Array): string {
  if (bytes.length < 32 || bytes.length > 96) throw new RangeError("A code verifier is made of 32 to 96 random bytes.");
  return encodeBase64url(bytes);
}

/** The challenge that goes ahead of the verifier, by method S256 (RFC 7636, section 4.2). */
export async function codeChallenge(verifier: string): Promise<string> {
  return encodeBase64url(await sha256(verifier));
}
