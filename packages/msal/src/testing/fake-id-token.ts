import { encodeBase64url } from "../protocol/base64url.ts";

/** An id token with these claims that nobody has signed: good for tests alone. */
export function fakeIdToken(claims: Readonly<Record<string, unknown>>): string {
  return `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.unsigned`;
}

function encode(value: unknown): string {
  return encodeBase64url(new TextEncoder().encode(JSON.stringify(value)));
}
