/** A command-line tool that remembers its user from one run to the next. Needs `npm install fs-native-extensions@1`. */
import {
  type InteractiveOptions,
  PartitionedTokenCache,
  PublicClientApplication,
  type TokenResponse,
  unwrap,
} from "msal-ts";
import { fileStore } from "msal-ts/stores/file";

export interface Settings {
  authority: string;
  clientId: string;
  /** Where the tokens lie. Default: where the platform wants them, under the tool's name. */
  tokenFile?: string;
  /** Opens the page elsewhere than in the system's browser. */
  openBrowser?: InteractiveOptions["openBrowser"];
}

const scopes = ["User.Read"];

/** One run of the tool. The first one asks the user to sign in, those after it do not. */
export async function getToken({ authority, clientId, tokenFile, openBrowser }: Settings): Promise<TokenResponse> {
  const store = fileStore(tokenFile === undefined ? { name: "contoso-cli" } : { path: tokenFile });
  const tokenCache = new PartitionedTokenCache(store, { logger: console });
  const app = new PublicClientApplication({ authority, clientId, tokenCache });

  const [account] = await app.getAccounts();
  const remembered = account && (await app.acquireTokenSilent(scopes, account));
  if (remembered) return remembered;

  return unwrap(await app.acquireTokenInteractive(scopes, { ...(openBrowser && { openBrowser }) }));
}
