/** One block of a PEM text (RFC 7468, section 2). */
export interface PemBlock {
  /** What the block says it is, such as `CERTIFICATE`. */
  readonly label: string;
  /** What stands between the two boundary lines. */
  readonly body: string;
  /** The block with its boundary lines. */
  readonly text: string;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;

/** The blocks of a PEM text in their order. What stands between blocks is commentary and is skipped. */
export function pemBlocks(text: string): PemBlock[] {
  return Array.from(text.matchAll(block), ([whole, label = "", body = ""]) => ({ label, body, text: whole }));
}

/** The first private key of a PEM text. It may follow other blocks, such as `EC PARAMETERS` or the certificate. */
export function privateKeyBlock(text: string): PemBlock | undefined {
  return pemBlocks(text).find(({ label }) => label.endsWith("PRIVATE KEY"));
}

/** The certificates of a PEM text, in their order. */
export function certificateBlocks(text: string): PemBlock[] {
  return pemBlocks(text).filter(({ label }) => label === "CERTIFICATE");
}

/** Whether a private key opens with a passphrase only: PKCS#8 says so in its label, the older form in a header. */
export function isEncrypted(key: PemBlock): boolean {
  return key.label.startsWith("ENCRYPTED") || /^Proc-Type:.*ENCRYPTED/m.test(key.body);
}

/** A block's content as base64 on one line; `undefined` when it is not base64. */
export function pemContent({ body }: PemBlock): string | undefined {
  try {
    return btoa(atob(body));
  } catch {
    return undefined;
  }
}

/** A PEM block around base64. */
export function toPem(label: string, base64: string): string {
  return `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----`;
}
