import { calculateJwkThumbprint, exportJWK, generateKeyPair, type CryptoKey, type JWK } from "jose";
import {
  createAppCertificate,
  createCertificateAuthority,
  createServerCertificate,
  type AppCertificate,
  type CertificateAuthority,
  type ServerCertificate,
} from "./certificates.ts";

/** The key that signs every token, and its public half as the keys endpoint shows it. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

// Key pairs are slow to make and tests start many emulators, so each is made once in a process.
const signingKeys = new Map<string, Promise<SigningKey>>();
const appCertificates = new Map<string, Promise<AppCertificate>>();
const certificateAuthorities = new Map<string, Promise<CertificateAuthority>>();
const serverCertificates = new Map<string, Promise<ServerCertificate>>();

/** The signing key of this process. */
export function signingKey(): Promise<SigningKey> {
  return once(signingKeys, "tokens", createSigningKey);
}

/** The certificate of an application: the same for the same name and kind in one process. */
export function appCertificate(name: string, kind: "rsa" | "ec"): Promise<AppCertificate> {
  return once(appCertificates, `${kind} ${name}`, () => createAppCertificate(name, kind));
}

/** An HTTPS certificate for `localhost` and these hosts, by the one CA of this process. */
export function serverCertificate(hosts: readonly string[]): Promise<ServerCertificate> {
  const names = [...new Set(hosts.map((host) => host.toLowerCase()))].toSorted();
  return once(serverCertificates, names.join(" "), async () => {
    const ca = await once(certificateAuthorities, "ca", createCertificateAuthority);
    return createServerCertificate(ca, names);
  });
}

function once<T>(made: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const promise = made.get(name) ?? make();
  made.set(name, promise);
  return promise;
}

async function createSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair("RS256");
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { kid, privateKey, publicKey, jwk: { ...jwk, kid, use: "sig", alg: "RS256" } };
}
