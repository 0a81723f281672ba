/** What stands in a text where a secret stood. */
export const REDACTED = "[redacted]";

/** Three or five base64url parts: a signed or an encrypted token, whole or cut off. */
const jwt = /\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g;

/** The values of fields that hold a secret, in JSON, in a form or in a query, whole or cut off at the end of the text. */
const secretField =
  /((?:access_token|refresh_token|id_token|client_secret|client_assertion|assertion|password|code|device_code|code_verifier)(?:["']\s*:\s*["']|=))[^"'&\s]+/gi;

/** Shorter values would blot out ordinary words. */
const shortestSecret = 4;

/**
 * Takes secrets out of a text that is about to be shown: those the caller names, whatever looks like a token, and the
 * values of the protocol's secret fields.
 */
export function redact(text: string, secrets: Iterable<string> = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length < shortestSecret) continue;
    clean = clean.replaceAll(secret, REDACTED).replaceAll(encodeURIComponent(secret), REDACTED);
  }
  return clean.replace(jwt, REDACTED).replace(secretField, `$1${REDACTED}`);
}

/**
 * A copy of an error that is fit to be a `cause`: its messages, and those beneath it, without secrets.
 *
 * An error from a caller's `fetch` or callback may quote the request. Name and `code` are kept, other fields are not:
 * nobody can say what is in them.
 */
export function redactCause(cause: unknown, secrets: Iterable<string> = []): unknown {
  if (!(cause instanceof Error)) return typeof cause === "string" ? redact(cause, secrets) : undefined;
  const known = [...secrets];
  const beneath = cause.cause === undefined ? undefined : redactCause(cause.cause, known);
  const copy = new Error(redact(cause.message, known), beneath === undefined ? undefined : { cause: beneath });
  copy.name = cause.name;
  copy.stack = redact(cause.stack ?? "", known);
  if ("code" in cause && typeof cause.code === "string") Object.assign(copy, { code: redact(cause.code, known) });
  return copy;
}
