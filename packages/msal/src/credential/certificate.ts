import { MsalError } from "../error/msal-error.ts";
import { fromBase64 } from "./base64.ts";
import { readDer } from "./der.ts";
import { toHex } from "./hex.ts";
import { keyKind, type KeyKind } from "./key-kind.ts";

/** What the library needs to know of an X.509 certificate (RFC 5280, section 4.1). */
export interface Certificate {
  /** The whole certificate, as `x5c` lists it (RFC 7515, section 4.1.6). */
  readonly base64: string;
  /** The distinguished names, as hexadecimal digits to compare. */
  readonly issuer: string;
  readonly subject: string;
  /** `undefined` for a key that Entra ID does not take; an authority's own certificate may have one. */
  readonly keyKind: KeyKind | undefined;
}

/** The digests that name a certificate, in lower-case hexadecimal digits. */
export interface Thumbprints {
  readonly sha1: string | undefined;
  readonly sha256: string | undefined;
}

/** Reads certificates given as base64. */
export function readCertificates(encoded: readonly string[]): Certificate[] {
  try {
    return encoded.map(readCertificate);
  } catch (cause) {
    throw new MsalError(
      "invalid_credential",
      '"clientCredential" has a "publicCertificate" that is not an X.509 certificate; give the certificate as PEM.',
      { cause },
    );
  }
}

function readCertificate(base64: string): Certificate {
  const [certificate] = readDer(fromBase64(base64));
  const [toBeSigned] = readDer(certificate?.content ?? new Uint8Array());
  const fields = readDer(toBeSigned?.content ?? new Uint8Array());
  // The version is left out of certificates of version 1; it is the only field with this tag.
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [, , issuer, , subject, publicKey] = fields;
  const [algorithm] = readDer(publicKey?.content ?? new Uint8Array());
  if (issuer === undefined || subject === undefined || algorithm === undefined) throw new RangeError("fields missing");
  return {
    base64,
    issuer: toHex(issuer.content),
    subject: toHex(subject.content),
    keyKind: keyKind(algorithm.content),
  };
}

/**
 * Sorts certificates so that each is certified by the next, the one that certifies no other first: the order that `x5c`
 * asks for. Those that have no place in the chain come last.
 */
export function leafFirst(certificates: readonly Certificate[]): Certificate[] {
  const rest = [...certificates];
  const isLeaf = (one: Certificate): boolean => rest.every((other) => other === one || other.issuer !== one.subject);
  const chain: Certificate[] = [];
  for (let next = rest.find(isLeaf); next !== undefined;) {
    const { issuer } = next;
    chain.push(...rest.splice(rest.indexOf(next), 1));
    next = rest.find(({ subject }) => subject === issuer);
  }
  return [...chain, ...rest];
}

/** Both thumbprints of a certificate. */
export async function thumbprintsOf({ base64 }: Certificate): Promise<{ sha1: string; sha256: string }> {
  const bytes = fromBase64(base64);
  const [sha1, sha256] = await Promise.all([digest("SHA-1", bytes), digest("SHA-256", bytes)]);
  return { sha1, sha256 };
}

async function digest(algorithm: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest(algorithm, bytes)));
}
