/**
 * What the sign-in page does (OpenID Connect Core, section 3.1.2.1), for the option `prompt`.
 *
 * @example
 *
 * ```ts
 * import { Prompt, PublicClientApplication } from "msal-ts";
 *
 * const app = new PublicClientApplication({ clientId: "00000000-0000-0000-0000-000000000000" });
 * await app.acquireTokenInteractive(["User.Read"], { prompt: Prompt.SELECT_ACCOUNT });
 * ```
 */
export const Prompt = {
  /** No page at all; an error when one would be needed. */
  NONE: "none",
  /** The user types a credential, even when signed in. */
  LOGIN: "login",
  /** The user is asked to consent. */
  CONSENT: "consent",
  /** The user chooses the account. */
  SELECT_ACCOUNT: "select_account",
  /** The user may make a new account. */
  CREATE: "create",
} as const;
