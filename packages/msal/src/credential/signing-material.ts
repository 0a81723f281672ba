import { MsalError } from "../error/msal-error.ts";
import { callbackSigner } from "./callback-signer.ts";
import { leafFirst, readCertificates, type Certificate } from "./certificate.ts";
import type { AssertionAlgorithm } from "./assertion-algorithm.ts";
import type { CertificateCredential } from "./certificate-credential.ts";
import type { CertificateNames } from "./certificate-names.ts";
import type { PfxCredential } from "./pfx-credential.ts";
import type { SignCallbackCredential } from "./sign-callback-credential.ts";
import type { JwsSigner } from "./jws-signer.ts";
import { privateKeyKind, type KeyKind } from "./key-kind.ts";
import { keySigner } from "./key-signer.ts";
import { certificateBlocks, pemContent } from "./pem.ts";
import { openPfx } from "./pfx.ts";
import { openPrivateKey } from "./private-key.ts";

/** The credentials that prove the application by a signature of its certificate's key. */
export type SigningCredential = CertificateCredential | SignCallbackCredential | PfxCredential;

/** What each of them comes down to. */
export interface SigningMaterial {
  /** The one whose key signs first; empty when only its thumbprint is known. */
  readonly certificates: readonly Certificate[];
  /** Whether the certificates go along in `x5c`. */
  readonly sendCertificates: boolean;
  readonly keyKind: KeyKind;
  /** The caller's choice of algorithm. */
  readonly algorithm?: AssertionAlgorithm | undefined;
  readonly signer: (algorithm: AssertionAlgorithm) => JwsSigner | Promise<JwsSigner>;
}

/** Reads and opens what the credential consists of. */
export async function openSigningMaterial(credential: SigningCredential): Promise<SigningMaterial> {
  if ("sign" in credential) return callbackMaterial(credential);
  if ("privateKey" in credential) {
    const privateKey = await openPrivateKey(credential.privateKey, credential.passphrase);
    return keyMaterial(privateKey, publicCertificates(credential), true);
  }
  const { privateKey, certificates } = await openPfx(credential);
  return keyMaterial(privateKey, leafFirst(readCertificates(certificates)), credential.publicCertificate === true);
}

function callbackMaterial(credential: SignCallbackCredential): SigningMaterial {
  const certificates = publicCertificates(credential);
  return {
    certificates,
    sendCertificates: true,
    keyKind: certificates[0]?.keyKind ?? "RSA",
    algorithm: credential.algorithm,
    signer: () => callbackSigner(credential.sign),
  };
}

function keyMaterial(privateKey: string, certificates: Certificate[], sendCertificates: boolean): SigningMaterial {
  const keyKind = privateKeyKind(privateKey);
  if (keyKind === undefined) {
    throw new MsalError(
      "invalid_credential",
      '"clientCredential" has a private key that is damaged or of a kind that cannot sign here; give an RSA ' +
        "key, or an EC key on P-256, P-384 or P-521.",
    );
  }
  return { certificates, sendCertificates, keyKind, signer: (algorithm) => keySigner(privateKey, algorithm) };
}

function publicCertificates({ publicCertificate = "" }: CertificateNames): Certificate[] {
  return leafFirst(readCertificates(certificateBlocks(publicCertificate).map((block) => pemContent(block) ?? "")));
}
