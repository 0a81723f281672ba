import { MsalError } from "../../error/msal-error.ts";
import { decodeBase64url, encodeBase64url } from "../../protocol/base64url.ts";
import { hex, sha256 } from "../../protocol/digest.ts";
import { randomBytes } from "../../runtime/random.ts";

/** A key of AES-256-GCM, and the name that envelopes know it by. */
export interface EncryptionKey {
  readonly id: string;
  readonly key: CryptoKey;
}

/**
 * Gives the secret of a key: 32 bytes in base64url. Called once, at the first need, and by one process at a time where
 * the store has locks, so that it may make the key when there is none yet.
 */
export type KeySource = (use: KeyUse) => Promise<string>;

/** What a key is wanted for. */
export interface KeyUse {
  /** Whether the key may be made when there is none. One of earlier days may not: it would open nothing. */
  readonly mayMake: boolean;
}

const keyLength = 32;

/** A new secret for a key. */
export function makeSecret(): string {
  return encodeBase64url(randomBytes(keyLength));
}

/**
 * Reads the secret of a key.
 *
 * @param from - Where it came from, as the start of a sentence: `The environment variable "MSAL_KEY"`.
 * @throws `MsalError` `store_key_unusable`. The message never shows the secret.
 */
export async function readKey(secret: string, from: string): Promise<EncryptionKey> {
  const bytes = decode(secret);
  if (bytes?.length !== keyLength) {
    throw new MsalError(
      "store_key_unusable",
      `${from} does not hold ${keyLength} bytes in base64url. Make a key with: openssl rand -base64 ${keyLength}`,
    );
  }
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { id: hex(await sha256(bytes)).slice(0, 16), key };
}

/** Plain base64, as most tools write it, is read too. */
function decode(secret: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return decodeBase64url(secret.trim().replaceAll("+", "-").replaceAll("/", "_"));
  } catch {
    return undefined;
  }
}
