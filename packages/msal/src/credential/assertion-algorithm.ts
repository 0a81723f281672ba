import type { Thumbprints } from "./certificate.ts";
import type { KeyKind } from "./key-kind.ts";

/** Algorithms that sign a client assertion (RFC 7518, section 3.1). */
export type AssertionAlgorithm = "RS256" | "PS256" | "ES256" | "ES384" | "ES512";

/**
 * The algorithm for a key. Entra ID asks for PS256 beside the SHA-256 thumbprint, and knows an SHA-1 thumbprint with
 * RS256 only: see "Microsoft identity platform application authentication certificate credentials".
 */
export function assertionAlgorithm(kind: KeyKind, { sha256 }: Thumbprints): AssertionAlgorithm {
  switch (kind) {
    case "RSA":
      return sha256 === undefined ? "RS256" : "PS256";
    case "P-256":
      return "ES256";
    case "P-384":
      return "ES384";
    case "P-521":
      return "ES512";
  }
}
