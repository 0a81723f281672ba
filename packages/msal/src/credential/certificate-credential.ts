import { certificateFields, checkCertificateNames, type CertificateNames } from "./certificate-names.ts";
import {
  checkAllowed,
  checkLineBreaks,
  invalidCredential,
  textField,
  type CredentialFields,
} from "./credential-fields.ts";
import { isEncrypted, privateKeyBlock } from "./pem.ts";

/**
 * A private key as PEM: PKCS#8 (encrypted or not), PKCS#1 or SEC 1. RSA, or EC on P-256, P-384 or P-521.
 *
 * An RSA key signs with PS256 when the SHA-256 thumbprint is known, else with RS256.
 */
export interface CertificateCredential extends CertificateNames {
  readonly privateKey: string;
  /** Opens an encrypted `privateKey`. */
  readonly passphrase?: string;
}

/** Checks a credential with a private key and its certificate. */
export function checkCertificate(fields: CredentialFields): CertificateCredential {
  const privateKey = textField(fields, "privateKey");
  if (privateKey === undefined) {
    throw invalidCredential(
      'lacks "privateKey"; give a client secret as a string, or one of { privateKey, thumbprint }, { sign, ' +
        "publicCertificate }, { pfxPath, passphrase }, { clientAssertion }",
    );
  }
  checkAllowed(fields, "privateKey", [...certificateFields, "passphrase"]);
  const passphrase = textField(fields, "passphrase");
  checkPrivateKey(privateKey, passphrase);
  return { privateKey, ...(passphrase !== undefined && { passphrase }), ...checkCertificateNames(fields) };
}

function checkPrivateKey(pem: string, passphrase: string | undefined): void {
  const key = privateKeyBlock(pem);
  if (key === undefined) {
    throw invalidCredential(
      'has a "privateKey" that is not PEM; give the text that begins with -----BEGIN PRIVATE KEY-----, not a file name',
    );
  }
  checkLineBreaks("privateKey", key.body);
  if (isEncrypted(key) && passphrase === undefined) {
    throw invalidCredential('lacks "passphrase", which its encrypted "privateKey" needs');
  }
}
