import type { MsalErrorDetails } from "../error/msal-error.ts";
import { retryAfterSeconds } from "./retry-after.ts";

/** An HTTP answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
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
 * What an error about an answer tells beside its message: status, correlation id, and the wait that the server asks
 * for.
 */
export function answerDetails({ status, headers }: Answer, { correlationId, now }: AnswerContext): MsalErrorDetails {
  const retryAfter = retryAfterSeconds(headers, now);
  return { status, correlationId, ...(retryAfter !== undefined && { retryAfter }) };
}
