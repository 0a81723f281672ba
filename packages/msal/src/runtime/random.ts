/** A random UUID, version 4 (RFC 9562). */
export function randomUuid(): string {
  return crypto.randomUUID();
}

/** Cryptographically strong random bytes. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
