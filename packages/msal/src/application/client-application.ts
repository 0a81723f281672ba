import type { Account } from "./account.ts";
import { findAccount, forgetAccount, type GetAccountsOptions, listAccounts } from "./accounts.ts";
import { type AuthCodeFlowOptions, initiateAuthCode, redeemAuthCode, type RedeemOptions } from "./auth-code.ts";
import type { CallOptions } from "./call-options.ts";
import {
  type AuthorizationCodeOptions,
  type AuthorizationRequestOptions,
  authorizationRequestUrl,
  redeemBareCode,
} from "./deprecated-auth-code.ts";
import { acquireByRefreshToken } from "./migrated-token.ts";
import type { AuthResult, TokenResponse } from "./result.ts";
import type { Services } from "./services.ts";
import { acquireSilently } from "./silent.ts";
import type { SilentOptions } from "./silent-call.ts";
import type { SilentExplanation } from "./silent-explanation.ts";
import { acquireByPassword, type PasswordOptions } from "./user-password.ts";
import type { AuthCodeFlow } from "../protocol/auth-code-flow.ts";
import type { AuthorizeResponse } from "../protocol/authorize-response.ts";
import { atOnce } from "../runtime/at-once.ts";

/**
 * What public and confidential applications share: signing users in by authorization code, renewing their tokens
 * silently, and knowing who is signed in.
 *
 * Make one per client id and keep it: it holds the cache, remembers the authority's endpoints, and lets equal calls
 * share one request. All its methods may be called at once.
 */
export abstract class ClientApplication {
  // Private, so that nothing of it shows when an application is inspected or turned into JSON.
  readonly #services: Services;

  /** @internal */
  protected constructor(services: Services) {
    this.#services = services;
  }

  /**
   * Starts a sign-in by authorization code (RFC 6749, section 4.1) with PKCE, state and nonce.
   *
   * Keep the flow in the user's session, send the browser to its `auth_uri`, and hand it to
   * {@link acquireTokenByAuthCodeFlow} when the browser comes back.
   *
   * @example
   *
   * ```ts
   * import { ConfidentialClientApplication, type AuthCodeFlow } from "msal-ts";
   *
   * const app = new ConfidentialClientApplication({
   *   clientId: "00000000-0000-0000-0000-000000000000",
   *   clientCredential: "a secret from a safe place",
   * });
   *
   * export async function signIn(session: { flow?: AuthCodeFlow }): Promise<string> {
   *   session.flow = await app.initiateAuthCodeFlow(["User.Read"], {
   *     redirectUri: "https://app.contoso.com/auth/callback",
   *   });
   *   return session.flow.auth_uri;
   * }
   * ```
   *
   * @param scopes - The permissions to ask for, such as `["User.Read"]`.
   * @throws {@link MsalArgumentError} For scopes or options that cannot work.
   * @throws {@link MsalError} When the authority cannot be discovered.
   */
  async initiateAuthCodeFlow(scopes: readonly string[], options: AuthCodeFlowOptions = {}): Promise<AuthCodeFlow> {
    return initiateAuthCode(this.#services, scopes, options);
  }

  /**
   * Ends a sign-in: checks what the browser brought back and redeems the code.
   *
   * @param flow - What {@link initiateAuthCodeFlow} gave, out of the user's session. Use it once.
   * @param authResponse - The parameters that arrived at the redirect URI: the query, or the form for `form_post`.
   * @returns The tokens, or the refusal: of the sign-in page or of the token endpoint.
   * @throws {@link MsalArgumentError} For a flow that is not whole, scopes that the flow did not ask for, or a response
   *   with neither code nor error.
   * @throws {@link MsalError} `state_mismatch`, `issuer_mismatch`, `invalid_id_token`, or what the network does.
   */
  async acquireTokenByAuthCodeFlow(
    flow: AuthCodeFlow,
    authResponse: AuthorizeResponse,
    options: RedeemOptions = {},
  ): Promise<AuthResult> {
    return redeemAuthCode(this.#services, { flow, response: authResponse }, options);
  }

  /**
   * Gets a token without the user: from the cache, else with a refresh token out of the cache.
   *
   * `null` means that the user has to sign in: nothing is cached, or the refresh was refused.
   * {@link acquireTokenSilentWithError} tells the two apart. A token that is valid but aging is given at once and
   * renewed in the background.
   *
   * @example
   *
   * ```ts
   * import { PublicClientApplication } from "msal-ts";
   *
   * export async function graphToken(app: PublicClientApplication): Promise<string | undefined> {
   *   const [account] = await app.getAccounts();
   *   const result = account && (await app.acquireTokenSilent(["User.Read"], account));
   *   return result?.access_token;
   * }
   * ```
   *
   * @param scopes - The permissions the token must hold.
   * @param account - One of {@link getAccounts}; `null` asks for the application's own cached token.
   * @throws {@link MsalArgumentError} For scopes or options that cannot work.
   * @throws {@link MsalError} When a renewal is needed and the network or the provider fails.
   */
  async acquireTokenSilent(
    scopes: readonly string[],
    account: Account | null,
    options: SilentOptions = {},
  ): Promise<TokenResponse | null> {
    return atOnce(acquireSilently(this.#services, scopes, account, options), tokenOrNull);
  }

  /**
   * As {@link acquireTokenSilent}, but gives the provider's refusal instead of folding it into `null`.
   *
   * @returns The token; the refusal, with its `classification`; `null` when nothing is cached.
   * @throws {@link MsalArgumentError} For scopes or options that cannot work.
   * @throws {@link MsalError} When a renewal is needed and the network or the provider fails.
   */
  async acquireTokenSilentWithError(
    scopes: readonly string[],
    account: Account | null,
    options: SilentOptions = {},
  ): Promise<AuthResult | null> {
    return acquireSilently(this.#services, scopes, account, options);
  }

  /**
   * Says what {@link acquireTokenSilent} would do with the same arguments, and why: which cached tokens answer and which
   * do not, which refresh tokens would be tried, and what would be sent.
   *
   * Nothing is sent, and nothing changes. The explanation is plain data without token, key or name of a user; its
   * `text` belongs into a bug report.
   *
   * @example
   *
   * ```ts
   * import type { Account, PublicClientApplication } from "msal-ts";
   *
   * export async function whyNoToken(app: PublicClientApplication, account: Account): Promise<void> {
   *   const explanation = await app.explainSilent(["User.Read"], account);
   *   console.log(explanation.text);
   * }
   * ```
   *
   * @throws {@link MsalArgumentError} For scopes or options that cannot work.
   */
  async explainSilent(
    scopes: readonly string[],
    account: Account | null,
    options: SilentOptions = {},
  ): Promise<SilentExplanation> {
    // Only who asks for it loads it.
    const { explainSilently } = await import("./explain-silent.ts");
    return explainSilently(this.#services, scopes, account, options);
  }

  /**
   * Brings a refresh token from elsewhere into the cache (RFC 6749, section 6). For migration only: what this library
   * got it renews by itself.
   *
   * @param scopes - Scopes that the refresh token was given for.
   * @throws {@link MsalArgumentError} For arguments that cannot work.
   * @throws {@link MsalError} When the network or the provider fails.
   */
  async acquireTokenByRefreshToken(
    refreshToken: string,
    scopes: readonly string[],
    options: CallOptions = {},
  ): Promise<AuthResult> {
    return acquireByRefreshToken(this.#services, refreshToken, scopes, options);
  }

  /**
   * Gets a token for a user name and a password (RFC 6749, section 4.3).
   *
   * Use it for tests and old systems only: it knows no second factor, and the application sees the password.
   *
   * @throws {@link MsalArgumentError} For arguments that cannot work.
   * @throws {@link MsalError} When the network or the provider fails; `federation_unsupported` and `federation_failed`
   *   by the identity provider of a federated user.
   */
  async acquireTokenByUsernamePassword(
    username: string,
    password: string,
    scopes: readonly string[],
    options: PasswordOptions = {},
  ): Promise<AuthResult> {
    return acquireByPassword(this.#services, { username, password }, scopes, options);
  }

  /**
   * The users who are signed in, out of the cache. A user is listed once, whichever name of the cloud or tenant the
   * tokens carry.
   *
   * @throws {@link MsalError} When the host is unknown to the library and its other names cannot be discovered.
   */
  async getAccounts(options: GetAccountsOptions = {}): Promise<Account[]> {
    return listAccounts(this.#services, options);
  }

  /**
   * One signed-in user out of the cache; `null` when there is no such user. For web apps, which know who is there from
   * the session and need not list everybody: only that user's tokens are read.
   *
   * @param homeAccountId - That of the {@link Account} that a sign-in gave.
   * @throws {@link MsalArgumentError} When `homeAccountId` is none.
   * @throws {@link MsalError} When the host is unknown to the library and its other names cannot be discovered.
   */
  async getAccount(homeAccountId: string, options: CallOptions = {}): Promise<Account | null> {
    return findAccount(this.#services, homeAccountId, options);
  }

  /**
   * Signs the user out of this application: tokens and account leave the cache, and a broker forgets them for this
   * application. The browser's own session with the provider is not touched.
   *
   * @throws {@link MsalArgumentError} When `account` is none.
   */
  async removeAccount(account: Account, options: CallOptions = {}): Promise<void> {
    return forgetAccount(this.#services, account, options);
  }

  /**
   * The address of the sign-in page, without PKCE and with nothing kept.
   *
   * @deprecated Use {@link initiateAuthCodeFlow}, which protects against forged and replayed answers.
   */
  async getAuthorizationRequestUrl(
    scopes: readonly string[],
    options: AuthorizationRequestOptions = {},
  ): Promise<string> {
    return authorizationRequestUrl(this.#services, scopes, options);
  }

  /**
   * Redeems a code that the caller took out of the redirect.
   *
   * @deprecated Use {@link acquireTokenByAuthCodeFlow}, which checks state and nonce.
   */
  async acquireTokenByAuthorizationCode(
    code: string,
    scopes: readonly string[],
    options: AuthorizationCodeOptions = {},
  ): Promise<AuthResult> {
    return redeemBareCode(this.#services, code, scopes, options);
  }
}

/** A refusal is folded into `null`. */
function tokenOrNull(result: AuthResult | null): TokenResponse | null {
  return result === null || "error" in result ? null : result;
}
