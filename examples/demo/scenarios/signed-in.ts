import type { Emulator } from "@msal-ts/emulator";
import { type Account, PublicClientApplication, SerializableTokenCache, unwrap } from "msal-ts";
import { aliceOf, appOf } from "./app-of.ts";

/** What a desktop application has once its user is signed in. */
export interface SignedIn {
  readonly app: PublicClientApplication;
  readonly account: Account;
  readonly tokenCache: SerializableTokenCache;
}

/** Signs Alice in, the quick way: what comes after is the same for every way. */
export async function signedIn(emulator: Emulator, scopes: readonly string[]): Promise<SignedIn> {
  const tokenCache = new SerializableTokenCache();
  const { clientId } = appOf(emulator, "desktop");
  const app = new PublicClientApplication({ clientId, authority: emulator.authority(), tokenCache });
  const { username, password } = aliceOf(emulator);
  const { account } = unwrap(await app.acquireTokenByUsernamePassword(username, password, scopes));
  if (account === undefined) throw new Error("The sign-in told no account.");
  return { app, account, tokenCache };
}
