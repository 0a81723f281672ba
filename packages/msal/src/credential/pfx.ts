import type * as forgeModule from "node-forge";
import { MsalError } from "../error/msal-error.ts";
import { redactCause } from "../error/redact.ts";
import type { PfxCredential } from "./pfx-credential.ts";

/** What a PKCS#12 file holds, as base64. */
export interface PfxContent {
  /** In PKCS#8. */
  readonly privateKey: string;
  /** The one that belongs to the key first, where the file says which one does. */
  readonly certificates: readonly string[];
}

type Forge = typeof forgeModule;
type Bag = forgeModule.pkcs12.Bag;
type Element = forgeModule.asn1.Asn1;

/** Opens a PKCS#12 file (RFC 7292) with the optional package `node-forge`: no runtime opens one by itself. */
export async function openPfx(credential: PfxCredential): Promise<PfxContent> {
  const [forge, bytes] = await Promise.all([loadForge(), pfxBytes(credential)]);
  const bags = openBags(forge, bytes, credential.passphrase);
  const { pkcs8ShroudedKeyBag, keyBag, certBag } = forge.pki.oids;
  const key = bags.find(({ type }) => type === pkcs8ShroudedKeyBag || type === keyBag);
  const certificates = bags.filter(({ type }) => type === certBag);
  if (key === undefined) throw unusable("holds no private key; export it together with its key");
  if (certificates.length === 0) throw unusable("holds no certificate; export it together with its certificate");
  const ownId = localKeyId(key);
  const own = certificates.filter((bag) => localKeyId(bag) === ownId);
  const others = certificates.filter((bag) => localKeyId(bag) !== ownId);
  return {
    privateKey: base64(forge, privateKeyInfo(forge, key)),
    certificates: [...own, ...others].map((bag) => base64(forge, certificateElement(forge, bag))),
  };
}

async function loadForge(): Promise<Forge> {
  try {
    // A CommonJS package: what its types show as names, Node gives as the default export.
    const loaded: Forge & { readonly default?: Forge } = await import("node-forge");
    return loaded.default ?? loaded;
  } catch (cause) {
    throw new MsalError(
      "dependency_missing",
      'A "clientCredential" in PFX form needs the package node-forge: npm install node-forge',
      { cause: redactCause(cause) },
    );
  }
}

async function pfxBytes(credential: PfxCredential): Promise<Uint8Array> {
  if ("privateKeyPfx" in credential) return credential.privateKeyPfx;
  try {
    const { readFile } = await import("node:fs/promises");
    return await readFile(credential.pfxPath);
  } catch (cause) {
    throw unusable('cannot be read from its "pfxPath"; see "cause"', redactCause(cause));
  }
}

function parse(forge: Forge, bytes: Uint8Array): Element {
  try {
    return forge.asn1.fromDer(forge.util.createBuffer(new Uint8Array(bytes)));
  } catch (cause) {
    throw unusable("is not a PKCS#12 file", redactCause(cause));
  }
}

function openBags(forge: Forge, bytes: Uint8Array, passphrase = ""): Bag[] {
  const pfx = parse(forge, bytes);
  try {
    return bagsOf(forge.pkcs12.pkcs12FromAsn1(pfx, passphrase));
  } catch (cause) {
    const bags = openInUtf8(forge, bytes, passphrase);
    if (bags !== undefined) return bags;
    const problem = passphrase === "" ? 'needs its "passphrase"' : 'does not open with this "passphrase"; check both';
    throw unusable(problem, redactCause(cause, [passphrase]));
  }
}

/**
 * The integrity code takes the passphrase in UTF-16 (RFC 7292, appendix B.1), the AES encryption of today in UTF-8 (RFC
 * 8018). The package takes one passphrase for both, so one beyond ASCII opens a file only without its integrity code.
 */
function openInUtf8(forge: Forge, bytes: Uint8Array, passphrase: string): Bag[] | undefined {
  const utf8 = forge.util.encodeUtf8(passphrase);
  if (utf8 === passphrase) return undefined;
  const pfx = parse(forge, bytes);
  try {
    return bagsOf(forge.pkcs12.pkcs12FromAsn1({ ...pfx, value: pfx.value.slice(0, 2) }, utf8));
  } catch {
    return undefined;
  }
}

function bagsOf({ safeContents }: forgeModule.pkcs12.Pkcs12Pfx): Bag[] {
  return safeContents.flatMap(({ safeBags }) => safeBags);
}

/** What ties a certificate to its key inside the file. */
function localKeyId(bag: Bag): string {
  const attributes: unknown = bag.attributes;
  return typeof attributes === "object" && attributes !== null && "localKeyId" in attributes
    ? String(attributes.localKeyId)
    : "";
}

/** The package reads RSA keys into objects of its own and hands others over as they are; the same for certificates. */
function privateKeyInfo({ pki }: Forge, { key, asn1 }: Bag): Element {
  return key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(key)) : asn1;
}

function certificateElement({ pki }: Forge, { cert, asn1 }: Bag): Element {
  return cert ? pki.certificateToAsn1(cert) : asn1;
}

function base64(forge: Forge, element: Element): string {
  return forge.util.encode64(forge.asn1.toDer(element).getBytes());
}

function unusable(problem: string, cause?: unknown): MsalError {
  return new MsalError("invalid_credential", `"clientCredential" has a PFX that ${problem}.`, { cause });
}
