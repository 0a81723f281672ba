import { checkAssertion, type AssertionCredential } from "./assertion-credential.ts";
import { checkCertificate, type CertificateCredential } from "./certificate-credential.ts";
import { invalidCredential, readFields } from "./credential-fields.ts";
import { checkPfx, type PfxCredential } from "./pfx-credential.ts";
import { checkSignCallback, type SignCallbackCredential } from "./sign-callback-credential.ts";

/** How a confidential client proves who it is. The kind is told by the fields; kinds do not mix. */
export type ClientCredential =
  string | CertificateCredential | SignCallbackCredential | PfxCredential | AssertionCredential;

/** The kind of a client credential; `none` for a public client. */
export type CredentialKind = "none" | "secret" | "assertion" | "pfx" | "sign_callback" | "certificate";

/** The kind of a credential that has been checked. */
export function kindOfCredential(credential: ClientCredential): CredentialKind {
  if (typeof credential === "string") return "secret";
  if ("clientAssertion" in credential) return "assertion";
  if ("privateKeyPfx" in credential || "pfxPath" in credential) return "pfx";
  return "sign" in credential ? "sign_callback" : "certificate";
}

/**
 * Checks the shape of the option `clientCredential`, without opening a key or a file. Gives a frozen copy.
 *
 * Throws an `MsalArgumentError` of code `invalid_credential` that names the field at fault and shows no value.
 */
export function checkClientCredential(value: unknown): ClientCredential {
  if (typeof value === "string") return checkSecret(value);
  if (typeof value !== "object" || value === null) {
    throw invalidCredential("must be a client secret or an object with a certificate, a PFX or an assertion");
  }
  const fields = readFields(value);
  if (fields.has("clientAssertion")) return Object.freeze(checkAssertion(fields));
  if (fields.has("privateKeyPfx") || fields.has("pfxPath")) return Object.freeze(checkPfx(fields));
  if (fields.has("sign")) return Object.freeze(checkSignCallback(fields));
  return Object.freeze(checkCertificate(fields));
}

function checkSecret(secret: string): string {
  if (secret !== "") return secret;
  throw invalidCredential("must not be an empty string; give the client secret's value");
}
