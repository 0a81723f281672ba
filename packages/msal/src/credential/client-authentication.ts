/** What a proof may depend on. */
export interface ClientAuthenticationContext {
  readonly clientId: string;
  /** The address the request goes to; an assertion names it as its audience. */
  readonly tokenEndpoint: string;
  readonly correlationId: string;
  readonly signal?: AbortSignal;
}

/**
 * Proves who the application is: gives the body parameters to add to a token request (RFC 6749, section 2.3; RFC 7521,
 * section 4.2), under their wire names.
 *
 * Contract: called for every request that goes out, maybe many at once; may reuse what it made before. Rejects with an
 * `MsalError` of code `invalid_credential` or `assertion_failed` that shows no secret, or `aborted`.
 */
export type ClientAuthentication = (context: ClientAuthenticationContext) => Promise<Readonly<Record<string, string>>>;
