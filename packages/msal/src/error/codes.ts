/**
 * Why a call failed, for code to act on. The list is closed: a new cause gets a new code.
 *
 * Every member says what happened and what mends it; the message of the error says which value it was.
 */
export type MsalErrorCode =
  /** The caller's `signal` ended the call. Nothing to mend: `cause` is the signal's reason, `name` is `"AbortError"`. */
  | "aborted"
  /** No answer came from the identity provider: DNS, connection or TLS failed. Retry later; check proxy and firewall. */
  | "network_error"
  /** The identity provider did not answer within `timeout`. Retry later, or give a longer `timeout`. */
  | "request_timeout"
  /** The identity provider answered with a status of 500 or more. Retry later. */
  | "server_error"
  /**
   * The identity provider's answer cannot be understood: not JSON (or XML), or without what the protocol demands. Check
   * that the authority is one, and that no proxy answers in its place.
   */
  | "invalid_response"
  /** No OpenID configuration at the authority. Check the tenant's name and the host. */
  | "authority_not_found"
  /** The authority's host is not one that Microsoft knows. Check it, or switch the check off with `validateAuthority`. */
  | "invalid_instance"
  /**
   * The flow needs an endpoint that the authority's OpenID configuration does not name. Use another flow, or another
   * authority.
   */
  | "endpoint_missing"
  /** The answer to a sign-in carries another `state` than the one sent, or none. Start the sign-in again. */
  | "state_mismatch"
  /**
   * The authority's OpenID configuration (OpenID Connect Discovery, section 4.3) or the answer to a sign-in (RFC 9207)
   * names another issuer than the authority. Someone may mix up providers: check the authority and start the sign-in
   * again.
   */
  | "issuer_mismatch"
  /**
   * The id token breaks a rule of OpenID Connect, and nothing was cached. The message says which rule; start the
   * sign-in again, and check the machine's clock for `exp` and `nbf`.
   */
  | "invalid_id_token"
  /** The certificate, key or passphrase in `clientCredential` cannot be used. The message names the field to correct. */
  | "invalid_credential"
  /** The callback that should give or sign the client assertion failed. Mend it; `cause` is its own error, redacted. */
  | "assertion_failed"
  /** The loopback address for the browser's answer cannot be listened on. Choose another `port`, or none. */
  | "listener_failed"
  /**
   * The operating system's broker failed, or the app registration does not suit it. The message says what the broker
   * said: check the redirect URI that it needs, or leave out `allowBroker` to sign in in the browser.
   */
  | "broker_failed"
  /** The user did not finish within the given `timeout`. Offer the sign-in again, or give a longer `timeout`. */
  | "interaction_timeout"
  /**
   * The state given to `deserialize` is not a token cache, and the cache is as it was. Throw the state away, and let
   * the users sign in again.
   */
  | "invalid_cache"
  /**
   * The identity provider of the user's organisation takes no password over WS-Trust and TLS, or not this one. Sign in
   * interactively or with a device code.
   */
  | "federation_unsupported"
  /**
   * The identity provider of the user's organisation answered with a fault, other than for a wrong password. The
   * message has its reason: ask who runs it.
   */
  | "federation_failed"
  /**
   * The option `verify` names no file that can be read, or no certificate in it. Give the certificates of your
   * authorities as PEM, or the path of a PEM file.
   */
  | "invalid_authorities"
  /** The token store has no way to list its users. Ask for one with `getAccount`, or use a store that lists. */
  | "store_cannot_list"
  /**
   * Others may read or replace what the token store keeps. The message names the file or folder and the command that
   * mends it.
   */
  | "store_unsafe"
  /**
   * The file system that the token store is on has no locks, as some network folders, so that processes cannot take
   * turns. Choose another folder with `path`.
   */
  | "store_cannot_lock"
  /**
   * The key for the token store cannot be had: the keyring is locked, a variable is not set, a file is no key. The
   * message says which; nothing was written.
   */
  | "store_key_unusable"
  /**
   * What the token store holds was encrypted with another key than those given, or is not encrypted. Give the earlier
   * keys, or delete it and let the users sign in again.
   */
  | "store_unreadable"
  /** An optional package is needed for this feature. The message names the command that installs it. */
  | "dependency_missing"
  /**
   * The identity provider refused, and `unwrap` or `initiateDeviceFlow` turned its answer into an error. `response` is
   * that answer: see its `error` and `error_codes`.
   */
  | "request_refused";

/** What a caller did wrong, for code to act on. Thrown before any network. */
export type MsalArgumentErrorCode =
  /** An option has the wrong type or value, or no option has that name. The message shows a good one. */
  | "invalid_option"
  /**
   * The scopes are not a list of strings, or name scopes that the library adds itself. Give a list such as
   * `["User.Read"]`, without `openid`, `profile` and `offline_access`.
   */
  | "invalid_scopes"
  /**
   * The authority is not an absolute `https` address with a tenant. Give one such as
   * `https://login.microsoftonline.com/contoso.onmicrosoft.com`.
   */
  | "invalid_authority"
  /** The claims challenge is not a JSON object. Decode it first: APIs send it in base64. */
  | "invalid_claims"
  /** The client credential lacks a part, or mixes two kinds. The message names the field. */
  | "invalid_credential"
  /**
   * The flow object is not one that this library made, or the response is no answer to a sign-in. Keep the flow whole
   * in the user's session, and give all parameters of the redirect.
   */
  | "invalid_flow";
