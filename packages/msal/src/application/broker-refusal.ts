import type { BrokerRefusal } from "../broker/broker.ts";
import type { ErrorResponse } from "../error/error-response.ts";
import { MsalError } from "../error/msal-error.ts";

/**
 * What the caller gets for a refusal: an outcome as a value, in the words that a sign-in in the browser would have for
 * it; a failure is thrown.
 *
 * @throws {@link MsalError} `network_error`, `server_error` or `broker_failed`.
 */
export function refusalResponse({ status, message }: BrokerRefusal, correlationId: string): ErrorResponse {
  switch (status) {
    case "interaction_required":
    case "account_unusable":
    case "account_not_found":
      return { error: "interaction_required", ...described(message), correlation_id: correlationId };
    case "user_cancelled":
      return { error: "access_denied", ...described(message), correlation_id: correlationId };
    case "no_network":
      throw failure("network_error", "The broker reached nobody", message, { correlationId, retryable: true });
    case "server_unavailable":
      throw failure("server_error", "The identity provider is in trouble", message, { correlationId, retryable: true });
    default:
      throw failure("broker_failed", reasons[status], message, { correlationId });
  }
}

const reasons: Readonly<Record<"authority_untrusted" | "incorrect_configuration" | "unavailable" | "failed", string>> =
  {
    authority_untrusted: "The broker does not trust the authority",
    incorrect_configuration: "The app registration does not suit the broker: does it have the broker's redirect URI?",
    unavailable: "The broker cannot serve now",
    failed: "The broker failed",
  };

function described(message: string): { error_description?: string } {
  return message === "" ? {} : { error_description: message };
}

function failure(
  code: "network_error" | "server_error" | "broker_failed",
  what: string,
  message: string,
  details: { readonly correlationId: string; readonly retryable?: boolean },
): MsalError {
  return new MsalError(code, message === "" ? `${what}.` : `${what}. It says: ${message}`, details);
}
