/**
 * The identity provider said no, in the words of RFC 6749, section 5.2, and of Entra ID. Wire names are kept.
 *
 * It is a value, not an exception: a wrong password or a missing consent is an outcome that an application handles.
 */
export interface ErrorResponse {
  /** The protocol's code, such as `invalid_grant` or `interaction_required`. */
  error: string;
  /** For a developer to read. Starts with the AADSTS number at Entra ID. */
  error_description?: string;
  /** A page about the error. */
  error_uri?: string;
  /** The AADSTS numbers, such as `[50076]`. */
  error_codes?: number[];
  /** Narrows `error`, such as `basic_action` or `consent_required`. */
  suberror?: string;
  /** What the user could do about it, as {@link isInteractionRequired} understands it. Only in silent calls. */
  classification?: string;
  /** A claims challenge to hand to the next interactive call as `claimsChallenge`. */
  claims?: string;
  /** Find the request in Entra's sign-in log with it. */
  correlation_id?: string;
  /** Entra's own id of the request, for a support case. */
  trace_id?: string;
  /** Entra's time of the answer, such as `2026-01-31 12:00:00Z`. */
  timestamp?: string;
  /** Seconds until the provider may be asked again, where it names a time or the library keeps one. */
  retry_after?: number;
  /**
   * Nothing was sent: the provider has refused this before, and asking again before `retry_after` is over would not
   * help.
   */
  throttled?: true;
}

const textFields = [
  "error_description",
  "error_uri",
  "suberror",
  "classification",
  "claims",
  "correlation_id",
  "trace_id",
  "timestamp",
] as const;

/** Reads the protocol's error out of a JSON answer; `undefined` when the answer is no error. Unknown fields are dropped. */
export function readErrorResponse(answer: Readonly<Record<string, unknown>>): ErrorResponse | undefined {
  if (typeof answer["error"] !== "string" || answer["error"] === "") return undefined;
  const response: ErrorResponse = { error: answer["error"] };
  for (const field of textFields) {
    const value = answer[field];
    if (typeof value === "string" && value !== "") response[field] = value;
  }
  const numbers = answer["error_codes"];
  if (Array.isArray(numbers)) response.error_codes = numbers.map(readCode).filter(Number.isInteger);
  return response;
}

/** Some servers send numbers as texts. An object cannot be converted at all. */
function readCode(value: unknown): number {
  return typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
}

/** Tells a refusal from what it is read together with. */
export function isErrorResponse(answer: object): answer is ErrorResponse {
  return "error" in answer;
}
