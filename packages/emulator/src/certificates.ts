import "reflect-metadata";
import { createHash, randomBytes, webcrypto } from "node:crypto";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  type Extension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { systemClock } from "./clock.ts";

/** A certificate that an application proves itself with. */
export interface AppCertificate {
  /** PKCS#8 PEM. */
  readonly privateKey: string;
  /** PEM. */
  readonly certificate: string;
  /** SHA-1 of the certificate, hex in upper case as the portal shows it. */
  readonly thumbprint: string;
  /** SHA-256 of the certificate, hex in upper case. */
  readonly thumbprintSha256: string;
}

/** A certificate authority of our own. */
export interface CertificateAuthority {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

/** What an HTTPS server needs, and the CA its clients must trust. */
export interface ServerCertificate {
  readonly ca: string;
  readonly certificate: string;
  readonly privateKey: string;
}

const day = 24 * 60 * 60 * 1000;
const rsa = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const ec = { name: "ECDSA", hash: "SHA-256", namedCurve: "P-256" };

/** Makes a key and a self-signed certificate for an application. */
export async function createAppCertificate(commonName: string, kind: "rsa" | "ec"): Promise<AppCertificate> {
  const algorithm = kind === "rsa" ? rsa : ec;
  const keys = await generateKeys(algorithm);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    ...validity(),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true)],
  });
  const pem = certificate.toString("pem");
  return { privateKey: await privateKeyPem(keys), certificate: pem, ...thumbprints(pem) };
}

/** The two thumbprints of a PEM certificate, hex in upper case. */
export function thumbprints(pem: string): { thumbprint: string; thumbprintSha256: string } {
  const der = new Uint8Array(new X509Certificate(pem).rawData);
  const digest = (name: string): string => createHash(name).update(der).digest("hex").toUpperCase();
  return { thumbprint: digest("sha1"), thumbprintSha256: digest("sha256") };
}

/** Makes a CA. */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const keys = await generateKeys(ec);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: ["Local Entra ID emulator CA"] }],
    ...validity(),
    keys,
    signingAlgorithm: ec,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys };
}

/** Makes a certificate for `localhost`, the loopback addresses and these hosts. */
export async function createServerCertificate(
  ca: CertificateAuthority,
  hosts: readonly string[],
): Promise<ServerCertificate> {
  const keys = await generateKeys(ec);
  const server = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: ["localhost"] }],
    issuer: ca.certificate.subjectName,
    ...validity(),
    publicKey: keys.publicKey,
    signingKey: ca.keys.privateKey,
    signingAlgorithm: ec,
    extensions: await serverExtensions(ca.keys, keys, hosts),
  });
  return {
    ca: ca.certificate.toString("pem"),
    certificate: server.toString("pem"),
    privateKey: await privateKeyPem(keys),
  };
}

async function serverExtensions(
  ca: webcrypto.CryptoKeyPair,
  server: webcrypto.CryptoKeyPair,
  hosts: readonly string[],
): Promise<Extension[]> {
  return [
    new BasicConstraintsExtension(false, undefined, true),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension([
      ...["localhost", ...hosts].map((value) => ({ type: "dns" as const, value })),
      { type: "ip", value: "127.0.0.1" },
      { type: "ip", value: "::1" },
    ]),
    await AuthorityKeyIdentifierExtension.create(ca.publicKey),
    await SubjectKeyIdentifierExtension.create(server.publicKey),
  ];
}

/** Programs that check these certificates live in real time, so an injected clock has no say here. */
function validity(): { notBefore: Date; notAfter: Date } {
  const now = systemClock.now();
  return { notBefore: new Date(now - day), notAfter: new Date(now + 30 * day) };
}

function generateKeys(algorithm: typeof rsa | typeof ec): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

async function privateKeyPem(keys: webcrypto.CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${der.replaceAll(/.{64}(?=.)/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
}

/** Positive and 16 bytes long, as RFC 5280 section 4.1.2.2 asks. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString("hex");
}
