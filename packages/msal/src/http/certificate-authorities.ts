import { MsalError } from "../error/msal-error.ts";
import { redactCause } from "../error/redact.ts";

const certificate = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g;

/**
 * The certificates of the authorities to trust, as PEM texts.
 *
 * @param source - PEM, or the path of a file of it.
 * @throws {@link MsalError} `invalid_authorities` when there is none, or one that cannot be read.
 */
export async function readAuthorities(source: string): Promise<string[]> {
  const { X509Certificate } = await import("node:crypto");
  const found = (source.includes("-----BEGIN ") ? source : await readFile(source)).match(certificate) ?? [];
  if (found.length === 0) throw unusable("holds no certificate in PEM form");
  const isReadable = (pem: string): boolean => {
    try {
      return new X509Certificate(pem).raw.length > 0;
    } catch {
      return false;
    }
  };
  // TLS would pass over it in silence, and then trust nobody.
  if (!found.every(isReadable)) throw unusable("holds a certificate that cannot be read");
  return found;
}

async function readFile(path: string): Promise<string> {
  try {
    const files = await import("node:fs/promises");
    return await files.readFile(path, "utf8");
  } catch (cause) {
    throw unusable('names a file that cannot be read; see "cause"', cause);
  }
}

function unusable(problem: string, cause?: unknown): MsalError {
  const message =
    `"verify" ${problem}. Give the certificates of the authorities that sign your hosts' certificates, as PEM or as ` +
    "the path of a PEM file.";
  return new MsalError("invalid_authorities", message, { cause: redactCause(cause) });
}
