import type { ErrorResponse } from "./error-response.ts";
import { MsalError } from "./msal-error.ts";

/** A refusal as an error, for calls that cannot give it as a value. */
export function requestRefused(
  response: ErrorResponse,
  message: string,
  correlationId: string | undefined = response.correlation_id,
): MsalError {
  const { retry_after: retryAfter, throttled } = response;
  return new MsalError("request_refused", message, {
    response,
    ...(correlationId !== undefined && { correlationId }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(throttled && { throttled }),
  });
}
