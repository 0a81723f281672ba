import type { ErrorResponse } from "./error-response.ts";
import { redact } from "./redact.ts";

/** Fields that a person reads. */
const prose = ["error_description", "error_uri"] as const;

/** Fields that a program reads. */
const words = ["error", "suberror", "classification", "claims", "correlation_id", "trace_id", "timestamp"] as const;

/**
 * A shorter secret may be an ordinary word, such as a password is, and blot out part of a code: `invalid_[redacted]`.
 * What an identity provider or a program makes up is longer.
 */
const shortestInWords = 16;

/** A copy of a refusal without secrets: a server may quote what it was sent. */
export function redactResponse(response: ErrorResponse, secrets: Iterable<string> = []): ErrorResponse {
  const named = [...secrets];
  const long = named.filter(({ length }) => length >= shortestInWords);
  const clean: ErrorResponse = { ...response };
  for (const field of prose) {
    if (clean[field] !== undefined) clean[field] = redact(clean[field], named);
  }
  for (const field of words) {
    if (clean[field] !== undefined) clean[field] = redact(clean[field], long);
  }
  return clean;
}
