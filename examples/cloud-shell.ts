/** A command-line tool that needs no sign-in in Azure Cloud Shell. */
import { PublicClientApplication, unwrap } from "msal-ts";

export interface Settings {
  authority: string;
  clientId: string;
  /** Of one API, such as `https://management.core.windows.net/.default`. */
  scope: string;
  fetch?: typeof globalThis.fetch;
}

/** Makes the function that gets the token: of the shell's user in the shell, else of whoever signs in. */
export function createTokenSource({ authority, clientId, scope, fetch }: Settings) {
  const app = new PublicClientApplication({ authority, clientId, ...(fetch !== undefined && { fetch }) });

  return async (): Promise<string | undefined> => {
    const [account] = await app.getAccounts();
    const known = account && (await app.acquireTokenSilent([scope], account));
    if (known) return known.access_token;
    const inShell = process.env["AZUREPS_HOST_ENVIRONMENT"]?.startsWith("cloud-shell") === true;
    return unwrap(await app.acquireTokenInteractive([scope], inShell ? { prompt: "none" } : {})).access_token;
  };
}
