const alphabet = /^[\w-]*={0,2}$/;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Base64url without padding (RFC 4648, section 5). */
export function encodeBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/**
 * The bytes of a base64url text, with or without padding.
 *
 * @throws `TypeError` when the text is not base64url. The message does not quote it.
 */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> {
  // First the alphabet, which ends with two signs of padding: a search for the end of many would take their square.
  const digits = alphabet.test(text) ? text.replace(/=+$/, "") : undefined;
  if (digits === undefined || digits.length % 4 === 1) throw new TypeError("The text is not base64url.");
  const binary = atob(digits.replaceAll("-", "+").replaceAll("_", "/"));
  // By hand: an iterator over the text takes ten times as long, and each sign-in has two texts to decode.
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/**
 * The UTF-8 text within a base64url text.
 *
 * @throws `TypeError` when it is not base64url, or its bytes are not UTF-8.
 */
export function decodeBase64urlText(text: string): string {
  return utf8.decode(decodeBase64url(text));
}
