import { readErrorResponse } from "../error/error-response.ts";
import { MsalError } from "../error/msal-error.ts";
import { redactResponse } from "../error/redact-response.ts";
import { redact } from "../error/redact.ts";
import { type Answer, type AnswerContext, answerDetails } from "./answer.ts";
import { parseJsonObject } from "./json-object.ts";
import type { JsonObject } from "./json-object.ts";
import { retryAfterSeconds } from "./retry-after.ts";

/** How much of an answer that is not understood goes into the message. */
const excerptLength = 200;

/**
 * Reads the JSON object that an endpoint of the identity provider answers with, whatever its status below 500.
 *
 * @throws {@link MsalError} `server_error`, worth a retry, for a status of 500 and more; `invalid_response` when the
 *   body is no JSON object. The message holds the status and the beginning of the body, without secrets.
 */
export function parseJsonAnswer(answer: Answer, context: AnswerContext): JsonObject {
  const json = parseJsonObject(answer.body);
  if (answer.status >= 500) throw serverError(answer, json, context);
  if (json !== undefined) return json;
  throw new MsalError("invalid_response", tell(answer, context, " and no JSON object"), {
    ...answerDetails(answer, context),
    retryable: answer.status === 429,
  });
}

function serverError(answer: Answer, json: JsonObject | undefined, context: AnswerContext): MsalError {
  const response = json && readErrorResponse(json);
  return new MsalError("server_error", tell(answer, context, answer.throttled ? "" : "; try again later"), {
    ...answerDetails(answer, context),
    retryable: true,
    ...(response !== undefined && { response: redactResponse(response, context.secrets) }),
  });
}

function tell({ status, headers, body, throttled }: Answer, context: AnswerContext, what: string): string {
  const wait = throttled ? ` before, and is not asked again for ${retryAfterSeconds(headers, context.now)} s` : "";
  return `${context.label} answered with status ${status}${what}${wait}${excerpt(body, context)}`;
}

/** Secrets go first: cut before, half of one would no longer be known. */
function excerpt(body: string, { secrets }: AnswerContext): string {
  const clean = redact(body, secrets).replace(/\s+/g, " ").trim();
  if (clean === "") return ".";
  return `: ${clean.length > excerptLength ? `${clean.slice(0, excerptLength)}…` : clean}`;
}
