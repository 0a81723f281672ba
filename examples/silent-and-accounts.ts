/** Several users in one app: who is signed in, whose token is it, and what when the silent way ends. */
import {
  type AuthResult,
  isInteractionRequired,
  type PublicClientApplication,
  type TokenResponse,
  unwrap,
} from "msal-ts";

export interface Settings {
  app: PublicClientApplication;
  /** Lets the person sign in, for instance with `acquireTokenInteractive`. */
  signIn: (username: string, claimsChallenge?: string) => Promise<AuthResult>;
}

/** Gives a token for one of the users, without a question where that is possible. */
export async function tokenFor(username: string, { app, signIn }: Settings): Promise<TokenResponse> {
  const [account] = await app.getAccounts({ username });
  if (account === undefined) return unwrap(await signIn(username));

  const result = await app.acquireTokenSilentWithError(["User.Read"], account);
  if (result === null) return unwrap(await signIn(username));
  // A password has changed, a second factor is due, a session was revoked: only the person can mend it.
  if ("error" in result && isInteractionRequired(result)) return unwrap(await signIn(username, result.claims));
  return unwrap(result);
}

/** Signs one user out of the app and leaves the others signed in. Gives the names of those. */
export async function signOut(username: string, { app }: Pick<Settings, "app">): Promise<string[]> {
  for (const account of await app.getAccounts({ username })) await app.removeAccount(account);
  return (await app.getAccounts()).map((account) => account.username);
}
