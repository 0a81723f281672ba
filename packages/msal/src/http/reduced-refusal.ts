import { readErrorResponse } from "../error/error-response.ts";
import { redactResponse } from "../error/redact-response.ts";
import { REDACTED, redact } from "../error/redact.ts";
import { parseJsonObject } from "../protocol/json-object.ts";

/** A longer text is a page for people, not an answer of the protocol. Characters. */
const longestText = 8192;

/** A user's name as Microsoft writes it, and a mail address: both have an at sign, and no more than 64 letters ahead. */
const name = /[^\s"'<>()[\]{},;:=@]{1,64}@[^\s"'<>()[\]{},;:=@]+/g;

/**
 * What is kept of a refusal: the fields of the protocol, without secrets and without names of users. Of one that is not
 * JSON, such as a SOAP fault, the text; of JSON in other words nothing.
 *
 * @param secrets - What the request held and must not be kept: secrets, and the name of its owner.
 */
export function reduceRefusal(body: string, secrets: readonly string[]): string {
  const json = parseJsonObject(body);
  const refusal = readErrorResponse(json ?? {});
  if (json !== undefined && refusal === undefined) return "";
  if (refusal === undefined) return body.length > longestText ? "" : redact(body, secrets).replace(name, REDACTED);
  // The id is that of the call that was answered; each later one has its own.
  const { correlation_id: _, ...kept } = redactResponse(refusal, secrets);
  return JSON.stringify({
    ...kept,
    ...(kept.error_description !== undefined && { error_description: kept.error_description.replace(name, REDACTED) }),
  });
}

/** Whether an answer is one that may have been kept as a refusal: whoever can write the cache must not give out tokens. */
export function isKeptRefusal({ status, body }: { readonly status: number; readonly body: string }): boolean {
  const json = parseJsonObject(body);
  return status >= 400 && (json === undefined || readErrorResponse(json) !== undefined);
}
