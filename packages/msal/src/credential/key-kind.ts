import { fromBase64 } from "./base64.ts";
import { readDer } from "./der.ts";
import { toHex } from "./hex.ts";

/** The kinds of key that Entra ID takes: RSA, or one of the curves of RFC 7518, section 3.4. */
export type KeyKind = "RSA" | "P-256" | "P-384" | "P-521";

/** OBJECT IDENTIFIERs as their content bytes (RFC 8017, appendix A.1; RFC 5480, section 2.1.1.1). */
const rsa = "2a864886f70d010101";
const ellipticCurve = "2a8648ce3d0201";
const curves: Readonly<Record<string, KeyKind>> = {
  "2a8648ce3d030107": "P-256",
  "2b81040022": "P-384",
  "2b81040023": "P-521",
};

/** Reads the content of an `AlgorithmIdentifier` (RFC 5280, section 4.1.1.2); `undefined` when it is another kind. */
export function keyKind(algorithmIdentifier: Uint8Array): KeyKind | undefined {
  const [algorithm, parameters] = readDer(algorithmIdentifier).map(({ content }) => toHex(content));
  if (algorithm === rsa) return "RSA";
  return algorithm === ellipticCurve ? curves[parameters ?? ""] : undefined;
}

/** The kind of a private key in PKCS#8 (RFC 5958, section 2), given as base64; `undefined` when it is damaged, too. */
export function privateKeyKind(pkcs8: string): KeyKind | undefined {
  const bytes = fromBase64(pkcs8);
  try {
    const [, algorithm] = readDer(readDer(bytes)[0]?.content ?? bytes);
    return algorithm === undefined ? undefined : keyKind(algorithm.content);
  } catch {
    return undefined;
  }
}
