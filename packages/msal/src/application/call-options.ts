import { checkExtraData } from "./extra-data.ts";
import { abortedError } from "../error/aborted.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { callId } from "../runtime/call-id.ts";

/** What the last argument of every method takes. */
export interface CallOptions {
  /** Ends the call at once, with an `MsalError` of code `aborted`. Work that other callers share goes on for them. */
  signal?: AbortSignal;
  /** The id under which the identity provider logs the requests of this call. Default: a new UUID. */
  correlationId?: string;
  /**
   * Extra body parameters of the token request, for instance for bound tokens. They win over the library's own. An
   * `ssh-cert` needs `req_cnf` and `key_id` beside it.
   */
  data?: Readonly<Record<string, string>>;
}

/** What one call carries through all layers. */
export interface CallContext {
  readonly correlationId: string;
  readonly signal?: AbortSignal;
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * Starts a call: checks what every call takes and gives it an id.
 *
 * @throws {@link MsalArgumentError} For an option of the wrong form.
 * @throws {@link MsalError} `aborted` when the signal has aborted already: then not even the cache is asked.
 */
export function startCall(options: CallOptions): CallContext {
  requireOptions(options);
  const { signal, correlationId, data } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new MsalArgumentError(
      "invalid_option",
      "signal",
      "must be an AbortSignal, such as AbortSignal.timeout(5000)",
    );
  }
  // It becomes a header.
  if (
    correlationId !== undefined &&
    !(typeof correlationId === "string" && /^[\x21-\x7e]{1,128}$/.test(correlationId))
  ) {
    throw new MsalArgumentError("invalid_option", "correlationId", "must be a UUID, such as crypto.randomUUID() gives");
  }
  const extras = data === undefined ? undefined : checkExtraData(data);
  if (signal?.aborted) throw abortedError(signal);
  return {
    correlationId: correlationId ?? callId(),
    ...(signal !== undefined && { signal }),
    ...(extras !== undefined && { data: extras }),
  };
}

/** `null`, which many a wrapper hands on, is not the same as nothing. */
export function requireOptions(options: unknown): void {
  if (typeof options === "object" && options !== null) return;
  throw new MsalArgumentError("invalid_option", "options", 'must be an object, such as { correlationId: "…" }');
}

/** Whether cached tokens are left aside. A text such as `"false"` would be taken for a yes. */
export function readForceRefresh({ forceRefresh = false }: { readonly forceRefresh?: boolean }): boolean {
  if (typeof forceRefresh === "boolean") return forceRefresh;
  throw new MsalArgumentError("invalid_option", "forceRefresh", "must be true or false");
}
