/** The hash of a text (as UTF-8) or of bytes. SHA-1 is for certificate thumbprints alone (RFC 7515, section 4.1.7). */
export async function digest(algorithm: "SHA-1" | "SHA-256", data: string | Uint8Array): Promise<Uint8Array> {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : Uint8Array.from(data);
  return new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
}

/** The SHA-256 hash of a text (as UTF-8) or of bytes. */
export function sha256(data: string | Uint8Array): Promise<Uint8Array> {
  return digest("SHA-256", data);
}

/** Bytes in hexadecimal, lower case. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
