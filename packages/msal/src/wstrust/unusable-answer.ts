import { MsalError } from "../error/msal-error.ts";
import type { HttpResponse } from "../http/http-client.ts";
import { answerDetails } from "../protocol/answer.ts";
import { type Clock, epochSeconds } from "../runtime/clock.ts";
import type { TrustContext } from "./trust-context.ts";

/**
 * The failure behind an answer without the document that was asked for: the server's own, or one that nobody
 * understands. `told` names the answer and what is wrong with it; nothing is quoted, for an assertion may be in it.
 */
export function unusableAnswer(
  told: string,
  response: HttpResponse,
  { correlationId }: TrustContext,
  clock: Clock,
): MsalError {
  const isServers = response.status >= 500;
  const remedy = isServers ? "try again later" : "check that no proxy answers in its place";
  return new MsalError(isServers ? "server_error" : "invalid_response", `${told}; ${remedy}.`, {
    ...answerDetails(response, { label: "", correlationId, now: epochSeconds(clock) }),
    retryable: isServers || response.status === 429,
  });
}
