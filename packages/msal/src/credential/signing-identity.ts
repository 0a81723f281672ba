import { MsalError } from "../error/msal-error.ts";
import { encodeBase64url } from "../protocol/base64url.ts";
import { assertionAlgorithm, type AssertionAlgorithm } from "./assertion-algorithm.ts";
import { thumbprintsOf, type Certificate, type Thumbprints } from "./certificate.ts";
import { fromHex } from "./hex.ts";
import type { AssertionHeader } from "./jws-signer.ts";
import { isSignedBy } from "./signed-by.ts";
import { openSigningMaterial, type SigningCredential } from "./signing-material.ts";

/** The application as a signer: its key, and what names its certificate, opened and checked. */
export interface SigningIdentity {
  /** Gives a signed JWT with these claims. */
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Opens a credential. Rejects with an {@link MsalError} of code `invalid_credential` or `dependency_missing`. */
export async function openSigningIdentity(credential: SigningCredential): Promise<SigningIdentity> {
  const material = await openSigningMaterial(credential);
  const [leaf] = material.certificates;
  const thumbprints = await knownThumbprints(credential, leaf);
  const algorithm = material.algorithm ?? assertionAlgorithm(material.keyKind, thumbprints);
  const signer = await material.signer(algorithm);
  const x5c = material.certificates.map(({ base64 }) => base64);
  const header: AssertionHeader = {
    alg: algorithm,
    typ: "JWT",
    ...certificateNames(algorithm, thumbprints),
    ...(material.sendCertificates && x5c.length > 0 && { x5c }),
  };
  return {
    async sign(claims) {
      const assertion = await signer(header, new TextEncoder().encode(JSON.stringify(claims)));
      if (leaf !== undefined && !(await isSignedBy(assertion, leaf, algorithm))) throw foreignSignature(credential);
      return assertion;
    },
  };
}

/** The certificate's own thumbprints where it is at hand, and the given ones must be the same. */
async function knownThumbprints(credential: SigningCredential, leaf: Certificate | undefined): Promise<Thumbprints> {
  const given: Thumbprints = {
    sha1: "thumbprint" in credential ? credential.thumbprint : undefined,
    sha256: "thumbprintSha256" in credential ? credential.thumbprintSha256 : undefined,
  };
  if (leaf === undefined) return given;
  const own = await thumbprintsOf(leaf);
  checkSame("thumbprint", given.sha1, own.sha1);
  checkSame("thumbprintSha256", given.sha256, own.sha256);
  return own;
}

function checkSame(field: string, given: string | undefined, own: string): void {
  if (given === undefined || given === own) return;
  throw new MsalError(
    "invalid_credential",
    `"clientCredential" has a "${field}" that is not its certificate's, which is ${own}; ` +
      "correct it or leave it out.",
  );
}

/** Entra ID knows RS256 with the SHA-1 thumbprint, the other algorithms with the SHA-256 one. */
function certificateNames(
  algorithm: AssertionAlgorithm,
  { sha1, sha256 }: Thumbprints,
): Pick<AssertionHeader, "x5t" | "x5t#S256"> {
  const sha1Name = sha1 !== undefined && { x5t: encodeBase64url(fromHex(sha1)) };
  const sha256Name = sha256 !== undefined && { "x5t#S256": encodeBase64url(fromHex(sha256)) };
  const names = algorithm === "RS256" ? sha1Name || sha256Name : sha256Name || sha1Name;
  return names || {};
}

function foreignSignature(credential: SigningCredential): MsalError {
  if ("sign" in credential) {
    return new MsalError(
      "assertion_failed",
      'The "sign" callback gave a signature that is not by the key of "publicCertificate" or not for the algorithm; ' +
        "for ECDSA it must be the two numbers one after the other, not DER.",
    );
  }
  return new MsalError(
    "invalid_credential",
    '"clientCredential" has a private key that does not belong to its certificate; give the two of one pair.',
  );
}
