import { randomBytes } from "node:crypto";

/** A value nobody can guess: a code, a refresh token, the number of a sign-in. */
export function createHandle(prefix: string): string {
  return `${prefix}.${randomBytes(32).toString("base64url")}`;
}
