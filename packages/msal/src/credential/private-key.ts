import type * as nodeCryptoModule from "node:crypto";
import { MsalError } from "../error/msal-error.ts";
import { redactCause } from "../error/redact.ts";
import { isEncrypted, pemContent, privateKeyBlock, type PemBlock } from "./pem.ts";

/**
 * Opens a PEM private key and gives it as unencrypted PKCS#8 in base64.
 *
 * That form needs no help; encrypted PKCS#8, PKCS#1 (`RSA PRIVATE KEY`) and SEC 1 (`EC PRIVATE KEY`) are opened by
 * Node's own crypto module, loaded when one comes by.
 */
export async function openPrivateKey(pem: string, passphrase: string | undefined): Promise<string> {
  const block = privateKeyBlock(pem);
  if (block === undefined) throw unreadable();
  if (block.label !== "PRIVATE KEY") return convert(block, passphrase);
  const content = pemContent(block);
  if (content === undefined) throw unreadable();
  return content;
}

async function convert(block: PemBlock, passphrase: string | undefined): Promise<string> {
  const { createPrivateKey } = await nodeCrypto(block);
  try {
    const key = createPrivateKey({ key: block.text, format: "pem", ...(passphrase !== undefined && { passphrase }) });
    return key.export({ type: "pkcs8", format: "der" }).toString("base64");
  } catch (error) {
    const cause = redactCause(error, [block.body, passphrase ?? ""]);
    throw isEncrypted(block) ? wrongPassphrase(cause) : unreadable(cause);
  }
}

async function nodeCrypto({ label }: PemBlock): Promise<typeof nodeCryptoModule> {
  try {
    return await import("node:crypto");
  } catch (cause) {
    throw new MsalError(
      "invalid_credential",
      `"clientCredential" has a "privateKey" in the form "${label}", which only Node.js opens; ` +
        "convert it with `openssl pkcs8 -topk8 -nodes` to use it here.",
      { cause: redactCause(cause) },
    );
  }
}

function wrongPassphrase(cause: unknown): MsalError {
  return new MsalError(
    "invalid_credential",
    '"clientCredential" has a "passphrase" that does not open its "privateKey"; check both.',
    { cause },
  );
}

function unreadable(cause?: unknown): MsalError {
  return new MsalError(
    "invalid_credential",
    '"clientCredential" has a "privateKey" that cannot be read; give an RSA or EC key as PEM ' +
      "(`openssl pkcs8 -topk8` makes it out of other forms).",
    { cause },
  );
}
