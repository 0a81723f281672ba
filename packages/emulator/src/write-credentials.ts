import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AppCertificate } from "./certificates.ts";
import type { EmulatorApp } from "./directory.ts";

/**
 * Writes the certificates of the applications and their private keys as PEM files into a folder, for programs that read
 * them from there, and gives the paths. Only the owner can read the files; older ones of the same name are replaced.
 */
export async function writeCredentials(folder: string, apps: readonly EmulatorApp[]): Promise<string[]> {
  const files = apps.flatMap(({ shortName, certificate, ecCertificate }) => [
    ...filesOf(shortName, certificate),
    ...filesOf(`${shortName}-ec`, ecCertificate),
  ]);
  await mkdir(folder, { recursive: true });
  return Promise.all(files.map(({ name, pem }) => writePem(join(folder, name), pem)));
}

/** Writes one PEM file that only its owner can read, and gives its path. */
export async function writePem(path: string, pem: string): Promise<string> {
  // A file that stands there would keep its mode, and a link would lead elsewhere.
  await rm(path, { force: true });
  await writeFile(path, pem, { mode: 0o600, flag: "wx" });
  return path;
}

function filesOf(name: string, certificate: AppCertificate | undefined): { name: string; pem: string }[] {
  if (certificate === undefined) return [];
  return [
    { name: `${name}.crt.pem`, pem: certificate.certificate },
    { name: `${name}.key.pem`, pem: certificate.privateKey },
  ];
}
