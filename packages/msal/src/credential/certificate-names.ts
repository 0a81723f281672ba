import { checkLineBreaks, invalidCredential, textField, type CredentialFields } from "./credential-fields.ts";
import { certificateBlocks, pemContent } from "./pem.ts";

/**
 * What names the certificate that was uploaded to the app registration. At least one is needed; with
 * `publicCertificate` alone both thumbprints are worked out from it.
 */
export interface CertificateNames {
  /** SHA-1 digest of the certificate in hexadecimal digits; colons, spaces and capitals do not matter. */
  readonly thumbprint?: string;
  /** SHA-256 digest of the certificate, written the same way. */
  readonly thumbprintSha256?: string;
  /**
   * The certificate as PEM, with those that certify it, if any. It is sent along in `x5c`, which Entra ID needs for
   * authentication by subject name and issuer.
   */
  readonly publicCertificate?: string;
}

/** The fields above. */
export const certificateFields: readonly string[] = ["thumbprint", "thumbprintSha256", "publicCertificate"];

/** Checks the fields that name a certificate: at least one must. */
export function checkCertificateNames(fields: CredentialFields): CertificateNames {
  const thumbprint = checkThumbprint(fields, "thumbprint", 40);
  const thumbprintSha256 = checkThumbprint(fields, "thumbprintSha256", 64);
  const publicCertificate = checkPublicCertificate(fields);
  if (thumbprint === undefined && thumbprintSha256 === undefined && publicCertificate === undefined) {
    throw invalidCredential(
      'lacks "thumbprint"; give the certificate\'s "thumbprint" or "thumbprintSha256", or the certificate itself as ' +
        '"publicCertificate"',
    );
  }
  return {
    ...(thumbprint !== undefined && { thumbprint }),
    ...(thumbprintSha256 !== undefined && { thumbprintSha256 }),
    ...(publicCertificate !== undefined && { publicCertificate }),
  };
}

/** A thumbprint in lower-case digits alone. Windows shows it with spaces, and copies an invisible mark before it. */
function checkThumbprint(fields: CredentialFields, name: string, digits: number): string | undefined {
  const plain = textField(fields, name)
    ?.replaceAll(/[\s:\u200e]/g, "")
    .toLowerCase();
  if (plain === undefined || (plain.length === digits && /^[0-9a-f]+$/.test(plain))) return plain;
  const other = digits === 40 ? "thumbprintSha256 (64 digits)" : "thumbprint (40 digits)";
  throw invalidCredential(
    `has a "${name}" that is not ${digits} hexadecimal digits; take it from the app registration's certificates, ` +
      `or give it as ${other} if it is that one`,
  );
}

function checkPublicCertificate(fields: CredentialFields): string | undefined {
  const pem = textField(fields, "publicCertificate");
  if (pem === undefined) return undefined;
  if (/-----BEGIN [A-Z ]*PRIVATE KEY/.test(pem)) {
    throw invalidCredential(
      'has a private key in "publicCertificate", which is sent out; leave only certificates there',
    );
  }
  const certificates = certificateBlocks(pem);
  for (const { body } of certificates) checkLineBreaks("publicCertificate", body);
  if (certificates.length > 0 && certificates.every((block) => pemContent(block) !== undefined)) return pem;
  throw invalidCredential(
    'has a "publicCertificate" that is not PEM; give the text that begins with -----BEGIN CERTIFICATE-----',
  );
}
