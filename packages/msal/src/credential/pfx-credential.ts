import { checkAllowed, invalidCredential, textField, type CredentialFields } from "./credential-fields.ts";

/** A PKCS#12 file with key and certificate. Needs the package `node-forge`. */
export type PfxCredential = {
  /** Opens the file. Default: the empty passphrase. */
  readonly passphrase?: string;
  /** `true` sends the certificates along in `x5c`, for authentication by subject name and issuer. */
  readonly publicCertificate?: true;
} & (
  | {
      /** The file's content. */
      readonly privateKeyPfx: Uint8Array;
    }
  | {
      /** Where the file lies; read at the first request. */
      readonly pfxPath: string;
    }
);

/** Checks a credential in PKCS#12 form, without opening it. */
export function checkPfx(fields: CredentialFields): PfxCredential {
  const kind = fields.has("pfxPath") ? "pfxPath" : "privateKeyPfx";
  checkAllowed(fields, kind, ["passphrase", "publicCertificate"]);
  const shared = { ...passphraseOf(fields), ...publicCertificateOf(fields) };
  const pfxPath = textField(fields, "pfxPath");
  if (pfxPath !== undefined) return { pfxPath, ...shared };
  const content = fields.get("privateKeyPfx");
  if (content instanceof Uint8Array && content.length > 0) return { privateKeyPfx: content.slice(), ...shared };
  throw invalidCredential(
    'has a "privateKeyPfx" that is not the bytes of a PFX file; give a Uint8Array, or the file\'s place as "pfxPath"',
  );
}

/** The empty passphrase is one too: some tools protect a file with it. */
function passphraseOf(fields: CredentialFields): { passphrase?: string } {
  const passphrase = fields.get("passphrase");
  if (passphrase === undefined) return {};
  if (typeof passphrase === "string") return { passphrase };
  throw invalidCredential('has a "passphrase" that is not a string');
}

function publicCertificateOf(fields: CredentialFields): { publicCertificate?: true } {
  const publicCertificate = fields.get("publicCertificate");
  if (publicCertificate === undefined) return {};
  if (publicCertificate === true) return { publicCertificate };
  throw invalidCredential('has a "publicCertificate" beside a PFX that is not true; the PFX holds the certificate');
}
