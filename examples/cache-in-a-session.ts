/** A web app on several servers: each user's tokens travel with the user's session. */
import { ConfidentialClientApplication, SerializableTokenCache, type TokenResponse } from "msal-ts";

export interface Settings {
  authority: string;
  clientId: string;
  clientSecret: string;
}

/** The user's session, on the server. What stands in it are tokens: encrypt the store and never send it to the browser. */
export interface Session {
  tokens?: string;
}

/** Does some work with the user's own application and keeps what it has learned. */
export async function withUser<T>(
  { authority, clientId, clientSecret }: Settings,
  session: Session,
  work: (app: ConfidentialClientApplication) => Promise<T>,
): Promise<T> {
  const tokenCache = new SerializableTokenCache();
  tokenCache.deserialize(session.tokens);
  // An application costs next to nothing to make, so one a request is fine.
  const app = new ConfidentialClientApplication({ authority, clientId, clientCredential: clientSecret, tokenCache });
  try {
    return await work(app);
  } finally {
    if (tokenCache.hasStateChanged) session.tokens = tokenCache.serialize();
  }
}

/** A token for Microsoft Graph, on whichever server the request arrives. */
export function graphToken(settings: Settings, session: Session): Promise<TokenResponse | null> {
  return withUser(settings, session, async (app) => {
    const [account] = await app.getAccounts();
    return account === undefined ? null : app.acquireTokenSilent(["User.Read"], account);
  });
}
