/** A random UUID, version 4 (RFC 9562). */
export function randomUuid(): string {
  return crypto.randomUUID();
}

/** Cryptographically strong random bytes. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** A random number from 0 up to 1, in steps as coarse as waits need: those who wait must not keep step. */
export function randomFraction(): number {
  return (randomBytes(1)[0] ?? 0) / 256;
}
