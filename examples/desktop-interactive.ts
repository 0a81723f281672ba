/** A desktop app or a command-line tool that signs its user in through the browser. */
import { type InteractiveOptions, PublicClientApplication, unwrap } from "msal-ts";

export interface Settings {
  authority: string;
  /** Its registration has `http://localhost` as a redirect URI of a mobile and desktop application. */
  clientId: string;
  /** Opens the page elsewhere than in the system's browser. */
  openBrowser?: InteractiveOptions["openBrowser"];
}

/** Makes the function that gives a token for Microsoft Graph, and shows the browser only when it must. */
export function createGraphTokens({ authority, clientId, openBrowser }: Settings): () => Promise<string | undefined> {
  const app = new PublicClientApplication({ authority, clientId });
  const scopes = ["User.Read"];

  return async () => {
    const [account] = await app.getAccounts();
    const known = account && (await app.acquireTokenSilent(scopes, account));
    if (known) return known.access_token;

    const result = await app.acquireTokenInteractive(scopes, {
      timeout: 300,
      successTemplate: "<p>You are signed in. You can close this page.</p>",
      ...(account && { loginHint: account.username }),
      ...(openBrowser && { openBrowser }),
    });
    return unwrap(result).access_token;
  };
}
