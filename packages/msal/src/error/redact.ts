import { encodedForms } from "./encoded-forms.ts";

/** What stands in a text where a secret stood. */
export const REDACTED = "[redacted]";

/** A signed or an encrypted token of three or five base64url parts, whole or cut off. It begins with `{"` or `{ "`. */
const jwt = /ey[JA][\w-]{5,}(?:\.[\w-]*){0,4}/g;

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** The proof in a header, after the name of its scheme (RFC 9110, section 11.4). */
const authorization = /\b((?:Bearer|Basic|PoP|DPoP)(?:\s+|\+|%20))[\w.~+/=%-]{8,}/gi;

/**
 * Fields that hold a secret, in any spelling: `client_secret`, `clientSecret`. A `code` is one by itself only, since an
 * `error_code` is none; and not with a short number, since Entra ID's `error_uri` ends with `code=` and the AADSTS
 * one.
 */
const field = String.raw`(?:token|secret|assertion|password|passphrase|verifier|(?:device|auth|authorization)_?code|(?<!(?<!\\)[a-z_])code(?!=\d{3,8}(?![^&\s"'])))`;
const quote = String.raw`(?:\\*["']|%(?:25)*2[27]|&quot;|&#0*3[49];)`;
const colon = String.raw`(?:\s|%20|\+)*(?:[:=]|%(?:25)*3[AD])(?:\s|%20|\+)*`;

/**
 * A secret field in JSON or in an inspected object: its value reaches to the quote that opened it, or to the text's
 * end.
 */
const quotedField = new RegExp(String.raw`(${field}${quote}?${colon}(${quote}))[^]*?(?=(?<!\\|%(?:25)*5C)\2|$)`, "gi");

/** A secret field in a form or a query: its value reaches to the next field. */
const formField = new RegExp(`(${field}=)[^"&\\s]+`, "gi");

/** The same within another query. The value's own `&` is encoded once more than the one that ends it. */
const encodedFormField = new RegExp(`(${field}%((?:25)*)3D)(?:(?!%(?:\\2)26)[^"&\\s])+`, "gi");

/** Shorter values would blot out ordinary words. */
const shortestSecret = 4;

/** An error deeper than this says nothing more; and a chain may be a circle. */
const deepestCause = 5;

/**
 * Takes secrets out of a text that is about to be shown: those the caller names, in whatever encoding, whatever looks
 * like a token or a private key, and the values of the protocol's secret fields.
 *
 * A named secret of fewer than four characters is only found in such a field.
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  return replaceNamed(text, secrets)
    .replace(privateKey, REDACTED)
    .replace(jwt, REDACTED)
    .replace(authorization, `$1${REDACTED}`)
    .replace(quotedField, `$1${REDACTED}`)
    .replace(formField, `$1${REDACTED}`)
    .replace(encodedFormField, `$1${REDACTED}`);
}

/**
 * A copy of an error that is fit to be a `cause`: its messages, and those beneath it, without secrets.
 *
 * An error from a caller's `fetch` or callback may quote the request. Name and `code` are kept, other fields are not:
 * nobody can say what is in them.
 */
export function redactCause(cause: unknown, secrets: Iterable<string> = []): unknown {
  return redactChain(cause, [...secrets], deepestCause);
}

function redactChain(cause: unknown, secrets: readonly string[], depth: number): unknown {
  if (depth === 0) return undefined;
  if (!(cause instanceof Error)) return typeof cause === "string" ? redact(cause, secrets) : undefined;
  const beneath = redactChain(cause.cause, secrets, depth - 1);
  const clean = (value: unknown): string => (typeof value === "string" ? redact(value, secrets) : "");
  const copy = new Error(clean(cause.message), beneath === undefined ? undefined : { cause: beneath });
  copy.name = clean(cause.name);
  copy.stack = clean(cause.stack);
  if ("code" in cause && typeof cause.code === "string") Object.assign(copy, { code: clean(cause.code) });
  return copy;
}

/** The longest first: else a secret that begins another one would leave that one's end behind. */
function replaceNamed(text: string, secrets: Iterable<string>): string {
  const named = [...secrets].filter((secret) => secret.length >= shortestSecret);
  const forms = [...new Set(named.flatMap((secret) => [...encodedForms(secret)]))];
  // Plain search: a pattern made of a secret could fail to compile, and the error would show it.
  return forms
    .toSorted((one, other) => other.length - one.length)
    .reduce((clean, form) => clean.replaceAll(form, REDACTED), text);
}
