/**
 * The operating system's own place for sign-ins: the Web Account Manager on Windows, the Company Portal on macOS, the
 * Identity Broker on Linux. It keeps the accounts of the whole machine and their long-lived secrets, binds tokens to
 * the device, and shows windows of its own.
 *
 * Contract, for whoever writes one (`brokerConformance` of `msal-ts/testing` holds a broker to it):
 *
 * - **Outcomes are values.** What a broker, a user or a provider decides resolves to {@link BrokerTokens} or to a
 *   {@link BrokerRefusal}; `"status" in answer` tells them apart. A promise rejects for an abort, and for a fault in the
 *   broker itself, which reaches the caller as `broker_failed`.
 * - **Absent is a status.** An account that the broker does not hold is the refusal `account_not_found`; nobody signed in
 *   is `interaction_required`. Neither is `undefined` or an exception.
 * - **Silent means silent.** Only {@link Broker.signInInteractively} may show anything.
 * - **Concurrency.** All methods may be called at once, and answers must not mix. A broker that has one window at a time
 *   lets the others wait.
 * - **Cancellation.** When `signal` aborts, the method gives up: it closes its window and rejects soon. The library no
 *   longer waits for it by then. A signal that has aborted before: nothing is shown.
 * - **Retries** are the broker's own affair. The library asks once.
 * - **Nothing is changed** in what a method is given; what it gives away it does not change later.
 * - **Secrets.** A message holds no token and no password.
 */
export interface Broker {
  /** Signs in the account that the operating system has as its default. Without a window. */
  signInSilently(request: BrokerRequest): Promise<BrokerAnswer>;
  /** Signs in whoever the user chooses, in a window of the broker. */
  signInInteractively(request: InteractiveBrokerRequest): Promise<BrokerAnswer>;
  /** Signs in by name and password. Without a window. */
  signInWithPassword(request: PasswordBrokerRequest): Promise<BrokerAnswer>;
  /** A token for an account that signed in before, by the id that {@link BrokerAccount} had. Without a window. */
  acquireTokenSilently(accountId: string, request: BrokerRequest): Promise<BrokerAnswer>;
  /**
   * Signs the account out of this application; others keep theirs. `undefined` when that is done. An account that is
   * gone already is done, too, or refused with `account_not_found`.
   */
  signOut(accountId: string, call: BrokerCall): Promise<BrokerRefusal | undefined>;
}

/** What every call of a broker carries. */
export interface BrokerCall {
  readonly clientId: string;
  /** A UUID under which the broker and the provider log the call. */
  readonly correlationId: string;
  /** Ends the call. */
  readonly signal?: AbortSignal;
}

/** A token that a broker is asked for. */
export interface BrokerRequest extends BrokerCall {
  /** The authority's address, `https://login.microsoftonline.com/{tenant}`. */
  readonly authority: string;
  /** The scopes as the application gave them, without those of OpenID Connect unless there are no others. */
  readonly scopes: readonly string[];
  /** The claims to ask for, as JSON: an API's challenge and the client's capabilities. */
  readonly claims?: string;
  /** Further parameters of the request to the provider, such as `max_age` or those of bound tokens. May be empty. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A sign-in with a window. */
export interface InteractiveBrokerRequest extends BrokerRequest {
  /** The window to stay in front of. */
  readonly parentWindowHandle: WindowHandle;
  /** Who is expected. The user may choose another account. */
  readonly loginHint?: string;
}

/** A sign-in without a window. */
export interface PasswordBrokerRequest extends BrokerRequest {
  readonly username: string;
  readonly password: string;
}

/**
 * The operating system's handle of a window: the number, or its bytes as Electron's `getNativeWindowHandle()` gives
 * them. `"console"` stands for the window that the program's console is in.
 */
export type WindowHandle = number | bigint | Uint8Array | "console";

/** Tokens, or why there are none. `"status" in answer` tells them apart. */
export type BrokerAnswer = BrokerTokens | BrokerRefusal;

/** What a broker gives. There is no refresh token: the broker keeps its own. */
export interface BrokerTokens {
  readonly accessToken: string;
  /** `Bearer`, `pop`, `ssh-cert`. */
  readonly tokenType: string;
  /** When the access token ends. Epoch seconds. */
  readonly expiresOn: number;
  /** The scopes granted. Empty where the broker does not say. */
  readonly scopes: readonly string[];
  /** The id token as the provider signed it. */
  readonly idToken?: string;
  readonly account: BrokerAccount;
}

/** A user as the broker knows them. */
export interface BrokerAccount {
  /** The broker's own id, which its other methods take. */
  readonly id: string;
  /** `{object id}.{home tenant id}`. */
  readonly homeAccountId: string;
  /** The name to show, often an e-mail address. May be empty. */
  readonly username: string;
}

/** Why there is no token. */
export interface BrokerRefusal {
  readonly status: BrokerStatus;
  /** For a developer to read. May be empty. */
  readonly message: string;
}

/** The kinds of refusal, and what becomes of each. The list is closed. */
export type BrokerStatus =
  /** A window is needed. Becomes the error `interaction_required`. */
  | "interaction_required"
  /** The account is known but cannot be used as it is. Becomes `interaction_required`. */
  | "account_unusable"
  /** The broker does not hold the account. The cache's refresh tokens are tried; else `interaction_required`. */
  | "account_not_found"
  /** The user closed the window. Becomes the error `access_denied`, as in the browser. */
  | "user_cancelled"
  /** No network. Thrown as `network_error`. */
  | "no_network"
  /** The provider is in trouble. Thrown as `server_error`. */
  | "server_unavailable"
  /** The broker does not trust the authority. Thrown as `broker_failed`. */
  | "authority_untrusted"
  /** The registration does not fit, mostly for want of the redirect URI. Thrown as `broker_failed`. */
  | "incorrect_configuration"
  /** The broker cannot serve on this machine, or not now. The call goes on without it. */
  | "unavailable"
  /** Anything else. Thrown as `broker_failed`. */
  | "failed";
