import type { AssertionAlgorithm } from "./assertion-algorithm.ts";
import { certificateFields, checkCertificateNames, type CertificateNames } from "./certificate-names.ts";
import { checkAllowed, invalidCredential, type CredentialFields } from "./credential-fields.ts";

/** A private key that does not leave its key vault or security module, which signs by itself. */
export interface SignCallbackCredential extends CertificateNames {
  /**
   * Gives the signature of these bytes as JWS has it (RFC 7518, section 3): for ECDSA the two numbers one after the
   * other, not in DER. Called once for an assertion, which is then used for about nine minutes.
   */
  readonly sign: (data: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  /**
   * Default: by the certificate's key when `publicCertificate` is given; else PS256 with `thumbprintSha256`, RS256 with
   * `thumbprint`.
   */
  readonly algorithm?: AssertionAlgorithm;
}

const algorithms: readonly AssertionAlgorithm[] = ["RS256", "PS256", "ES256", "ES384", "ES512"];

/** Checks a credential whose key signs elsewhere. */
export function checkSignCallback(fields: CredentialFields): SignCallbackCredential {
  checkAllowed(fields, "sign", [...certificateFields, "algorithm"]);
  const sign = fields.get("sign");
  if (!isSignCallback(sign)) {
    throw invalidCredential('has a "sign" that is not a function; give one that signs the bytes it is given');
  }
  const algorithm = fields.get("algorithm");
  if (algorithm !== undefined && !isAlgorithm(algorithm)) {
    throw invalidCredential(`has an "algorithm" that is none of ${algorithms.join(", ")}`);
  }
  return { sign, ...(algorithm !== undefined && { algorithm }), ...checkCertificateNames(fields) };
}

function isSignCallback(value: unknown): value is SignCallbackCredential["sign"] {
  return typeof value === "function";
}

function isAlgorithm(value: unknown): value is AssertionAlgorithm {
  return algorithms.some((algorithm) => algorithm === value);
}
