import { generateKeyPairSync, X509Certificate } from "node:crypto";
import { openssl } from "./openssl.ts";

/** A key with its certificate, made for the test at hand. */
export interface TestCertificate {
  /** PEM, unencrypted PKCS#8. */
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
  /** The certificate's DER in base64, as `x5c` lists it. */
  readonly base64: string;
  /** In capitals with colons, as `openssl` and the Azure portal show them. */
  readonly thumbprint: string;
  readonly thumbprintSha256: string;
}

/** A curve, or RSA with 2,048 bits. */
export type TestKeyKind = "RSA" | "P-256" | "P-384" | "P-521" | "Ed25519";

/** A fresh private key as PEM in PKCS#8. */
export function makePrivateKey(kind: TestKeyKind = "RSA"): string {
  return generate(kind).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

function generate(kind: TestKeyKind): ReturnType<typeof generateKeyPairSync> {
  if (kind === "RSA") return generateKeyPairSync("rsa", { modulusLength: 2048 });
  return kind === "Ed25519" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ec", { namedCurve: kind });
}

/** A fresh key and a certificate for it, signed by `issuer` or by itself, and good for the DNS name `host`. */
export function makeCertificate(
  subject: string,
  { kind = "RSA", issuer, host }: { kind?: TestKeyKind; issuer?: TestCertificate; host?: string } = {},
): TestCertificate {
  const privateKey = makePrivateKey(kind);
  const signedBy = issuer === undefined ? [] : ["-CA", "issuer.crt", "-CAkey", "issuer.key"];
  const names = host === undefined ? [] : ["-addext", `subjectAltName=DNS:${host}`];
  const certificate = openssl(
    [
      "req",
      "-x509",
      "-new",
      "-key",
      "own.key",
      "-subj",
      `/CN=${subject}`,
      "-utf8",
      "-days",
      "30",
      ...signedBy,
      ...names,
    ],
    {
      files: { "own.key": privateKey, "issuer.crt": issuer?.certificate ?? "", "issuer.key": issuer?.privateKey ?? "" },
    },
  ).toString();
  const { raw, fingerprint, fingerprint256 } = new X509Certificate(certificate);
  return {
    privateKey,
    certificate,
    base64: raw.toString("base64"),
    thumbprint: fingerprint,
    thumbprintSha256: fingerprint256,
  };
}
