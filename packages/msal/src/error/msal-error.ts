import type { MsalErrorCode } from "./codes.ts";
import type { ErrorResponse } from "./error-response.ts";

/** What is known of a failure beside its code and message. */
export interface MsalErrorDetails {
  /** The error beneath. */
  cause?: unknown;
  /** The same call may succeed later without a change. Default: false. */
  retryable?: boolean;
  /** The HTTP status of the answer. */
  status?: number;
  /** The id under which the identity provider logs the request. */
  correlationId?: string;
  /** Seconds until the server may be asked again, where it names a time or the library keeps one. */
  retryAfter?: number;
  /** Nothing was sent: the server has failed or refused before, and is not asked again until `retryAfter` is over. */
  throttled?: true;
  /** The refusal, where the server gave one in the protocol's form. */
  response?: ErrorResponse;
}

/**
 * A call failed for a reason outside the program: network, server, user, key material.
 *
 * A refusal by the identity provider is not a failure but a value ({@link ErrorResponse}); a caller's mistake is a
 * {@link MsalArgumentError}.
 *
 * @example
 *
 * ```ts
 * import { MsalError } from "msal-ts";
 *
 * export function isWorthARetry(error: unknown): boolean {
 *   return error instanceof MsalError && error.retryable;
 * }
 * ```
 */
export class MsalError extends Error {
  readonly code: MsalErrorCode;
  readonly retryable: boolean;
  declare readonly status?: number;
  declare readonly correlationId?: string;
  declare readonly retryAfter?: number;
  declare readonly throttled?: true;
  declare readonly response?: ErrorResponse;

  constructor(code: MsalErrorCode, message: string, details: MsalErrorDetails = {}) {
    const { cause, retryable = false, ...rest } = details;
    super(message, cause === undefined ? undefined : { cause });
    // The platform's convention for a cancelled call, so that `error.name === "AbortError"` works here too.
    this.name = code === "aborted" ? "AbortError" : "MsalError";
    this.code = code;
    this.retryable = retryable;
    Object.assign(this, rest);
  }
}
