/**
 * Why a call failed, for code to act on. The list is closed: a new cause gets a new code.
 *
 * Every member says what happened and what mends it; the message of the error says which value it was.
 */
export type MsalErrorCode =
  /** The caller's `signal` ended the call. `cause` is the signal's reason, `name` is `"AbortError"`. */
  | "aborted"
  /** No answer came from the identity provider: DNS, connection or TLS failed. Retry later; check proxy and firewall. */
  | "network_error"
  /** The identity provider did not answer within `timeout`. Retry later, or give a longer `timeout`. */
  | "request_timeout"
  /** The identity provider answered with a status of 500 or more. Retry later. */
  | "server_error"
  /** The identity provider's answer cannot be understood: not JSON, or without the fields that the protocol demands. */
  | "invalid_response"
  /** No OpenID configuration at the authority. Check the tenant's name and the host. */
  | "authority_not_found"
  /** The authority's host is not one that Microsoft knows. Check it, or switch the check off with `validateAuthority`. */
  | "invalid_instance"
  /** The flow needs an endpoint that the authority's OpenID configuration does not name. */
  | "endpoint_missing"
  /** The answer to a sign-in carries another `state` than the one sent: start the sign-in again. */
  | "state_mismatch"
  /** The answer to a sign-in names another issuer than the authority (RFC 9207): someone may mix up providers. */
  | "issuer_mismatch"
  /** The id token breaks a rule of OpenID Connect; the message says which. Nothing was cached. */
  | "invalid_id_token"
  /** The certificate, key or passphrase in `clientCredential` cannot be used. */
  | "invalid_credential"
  /** The callback that should give or sign the client assertion failed. `cause` is its own error. */
  | "assertion_failed"
  /** The loopback address for the browser's answer cannot be listened on: choose another `port`. */
  | "listener_failed"
  /** The user did not finish within the given `timeout`. */
  | "interaction_timeout"
  /** The state given to `deserialize` is not a token cache. The cache is as it was. */
  | "invalid_cache"
  /** The user's password is kept by a federated identity provider: sign in interactively or with a device code. */
  | "federated_user"
  /** An optional package is needed for this feature; the message names the command that installs it. */
  | "dependency_missing"
  /** The identity provider refused and `unwrap` turned its answer into an error. `response` is that answer. */
  | "request_refused";

/** What a caller did wrong, for code to act on. Thrown before any network. */
export type MsalArgumentErrorCode =
  /** An option has the wrong type or value. */
  | "invalid_option"
  /** The scopes are not a list of strings, or name scopes that the library adds itself. */
  | "invalid_scopes"
  /** The authority is not an absolute `https` address with a tenant. */
  | "invalid_authority"
  /** The claims challenge is not a JSON object. */
  | "invalid_claims"
  /** The client credential lacks a part, or mixes two kinds. */
  | "invalid_credential"
  /** The flow object is not one that this library made, or the response does not belong to it. */
  | "invalid_flow";
