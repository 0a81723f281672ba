/** A request on its way out. Plain data, so that decorators can look at it. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A form, or a SOAP message. */
  readonly body?: string;
  /**
   * Whose request it is: a home account id, a user name, or what a user brought along, such as a code. Absent for the
   * application's own. Throttling keeps owners apart by it. It is personal, so it is never shown, and never kept but as
   * a hash.
   */
  readonly owner?: string;
  /** The caller wants a new answer: what was refused to the same request otherwise does not count. Default: false. */
  readonly insists?: boolean;
  /** Sent as `client-request-id` and named in errors. */
  readonly correlationId: string;
  /** Values in this request that no message may show. */
  readonly secrets?: readonly string[];
  readonly signal?: AbortSignal;
}

/** An answer, read to its end. Its body may hold tokens: never put it into a message. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Nothing was sent: an earlier answer stands until `Retry-After`. Absent on answers of a server. */
  readonly throttled?: true;
}

/**
 * Sends one request and gives its answer, whatever its status.
 *
 * Contract: rejects with an `MsalError` of code `network_error`, `request_timeout` or `aborted`, or with one that says
 * what connecting needs (`dependency_missing`, `invalid_authorities`). Its `cause` shows no secret. Many calls may run
 * at once. `signal` ends the wait at once. What is built around one (retry, throttle) has the same type and keeps this
 * contract.
 */
export type HttpClient = (request: HttpRequest) => Promise<HttpResponse>;
