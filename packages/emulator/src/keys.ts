import { calculateJwkThumbprint, exportJWK, generateKeyPair, type CryptoKey, type JWK } from "jose";
import {
  createAppCertificate,
  createServerCertificate,
  type AppCertificate,
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
const serverCertificates = new Map<string, Promise<ServerCertificate>>();

/** The signing key of this process. */
export function signingKey(): Promise<SigningKey> {
  return once(signingKeys, "tokens", createSigningKey);
}

/** The certificate of an application: the same for the same name and kind in one process. */
export function appCertificate(name: string, kind: "rsa" | "ec"): Promise<AppCertificate> {
  return once(appCertificates, `${kind} ${name}`, () => createAppCertificate(name, kind));
}

/** The CA and the HTTPS certificate of this process. */
export function serverCertificate(): Promise<ServerCertificate> {
  return once(serverCertificates, "localhost", createServerCertificate);
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
