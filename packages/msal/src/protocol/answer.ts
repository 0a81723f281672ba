import type { ErrorResponse } from "../error/error-response.ts";
import type { MsalErrorDetails } from "../error/msal-error.ts";
import { retryAfterSeconds } from "./retry-after.ts";

/** An HTTP answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Nothing was sent: the server has given this answer before, and it stands until `Retry-After`. */
  readonly throttled?: true;
}

/** What an error says about an answer that cannot be used. */
export interface AnswerContext {
  /** Who answered, at the start of a sentence: `"The token endpoint"`. */
  readonly label: string;
  readonly correlationId: string;
  /** Values in the request that no message may show. */
  readonly secrets?: Iterable<string>;
  /** Epoch seconds. */
  readonly now: number;
}

/**
 * What an error about an answer tells beside its message: status, correlation id, the wait that the server asks for,
 * and whether it was asked at all.
 */
export function answerDetails(answer: Answer, { correlationId, now }: AnswerContext): MsalErrorDetails {
  const retryAfter = retryAfterSeconds(answer.headers, now);
  return {
    status: answer.status,
    correlationId,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(answer.throttled && { throttled: true }),
  };
}

/** The same in the wire's names, for a refusal that is a value. */
export function waitOf({ headers, throttled }: Answer, now: number): Pick<ErrorResponse, "retry_after" | "throttled"> {
  const retryAfter = retryAfterSeconds(headers, now);
  return {
    ...(retryAfter !== undefined && { retry_after: retryAfter }),
    ...(throttled && { throttled: true }),
  };
}
