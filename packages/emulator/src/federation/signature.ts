import { createHash } from "node:crypto";
import type { SigningKey } from "../keys.ts";

const signature = "http://www.w3.org/2000/09/xmldsig#";
const algorithm = "RSASSA-PKCS1-v1_5";
const written = /<ds:Signature [^]*?<ds:SignatureValue>([^<]*)<\/ds:SignatureValue><\/ds:Signature>/;

/**
 * Signs an assertion, within its end tag. It looks like XML Signature and is simpler: the bytes are signed as they are,
 * without a canonical form, so whoever changes one of them breaks it.
 */
export async function signAssertion(assertion: string, { privateKey }: SigningKey): Promise<string> {
  const value = Buffer.from(await crypto.subtle.sign(algorithm, privateKey, bytesOf(assertion))).toString("base64");
  const digest = createHash("sha256").update(assertion).digest("base64");
  const element =
    `<ds:Signature xmlns:ds="${signature}"><ds:SignedInfo>` +
    '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>' +
    '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>' +
    `<ds:Reference><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>` +
    `</ds:SignedInfo><ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
  const end = assertion.lastIndexOf("</");
  return assertion.slice(0, end) + element + assertion.slice(end);
}

/** Whether this emulator has signed exactly these bytes. */
export function isSignedBy({ publicKey }: SigningKey, signed: string): Promise<boolean> | false {
  const [element = "", value = ""] = written.exec(signed) ?? [];
  if (value === "") return false;
  const assertion = signed.replace(element, "");
  return crypto.subtle.verify(algorithm, publicKey, Buffer.from(value, "base64"), bytesOf(assertion));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
