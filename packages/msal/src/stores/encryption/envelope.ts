import { decodeBase64url, encodeBase64url } from "../../protocol/base64url.ts";
import { parseJsonObject } from "../../protocol/json-object.ts";
import { randomBytes } from "../../runtime/random.ts";
import type { EncryptionKey } from "./encryption-key.ts";

/** The form of what is written, should there ever be another one. */
const form = "msal-ts:A256GCM:1";

/** What an envelope says on its outside. */
export interface Envelope {
  readonly keyId: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** 96 bits, as NIST SP 800-38D, section 8.2, wants them for random ones. */
const ivLength = 12;

/** Encrypts a text. Only under the same `label` can it be opened, so nobody can put one partition in another's place. */
export async function seal(text: string, { id, key }: EncryptionKey, label: string): Promise<string> {
  const iv = randomBytes(ivLength);
  const algorithm = { name: "AES-GCM", iv, additionalData: labelled(label, id) };
  const sealed = await crypto.subtle.encrypt(algorithm, key, new TextEncoder().encode(text));
  return JSON.stringify({
    form,
    kid: id,
    iv: encodeBase64url(iv),
    data: encodeBase64url(new Uint8Array(sealed)),
  });
}

/** Reads what {@link seal} wrote; `undefined` for any other text. */
export function readEnvelope(text: string): Envelope | undefined {
  const envelope = parseJsonObject(text);
  const { kid, iv, data } = envelope ?? {};
  if (envelope?.["form"] !== form) return undefined;
  if (typeof kid !== "string" || typeof iv !== "string" || typeof data !== "string") return undefined;
  try {
    return { keyId: kid, iv: decodeBase64url(iv), sealed: decodeBase64url(data) };
  } catch {
    return undefined;
  }
}

/** Decrypts; `undefined` when key or label is another, or somebody has changed a bit. */
export async function open(
  { iv, sealed }: Envelope,
  { id, key }: EncryptionKey,
  label: string,
): Promise<string | undefined> {
  const algorithm = { name: "AES-GCM", iv, additionalData: labelled(label, id) };
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, sealed));
  } catch {
    return undefined;
  }
}

function labelled(label: string, keyId: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify([form, keyId, label]));
}
