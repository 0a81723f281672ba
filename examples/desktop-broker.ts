/** A command-line tool that signs its user in by the operating system's broker, and in the browser where there is none. */
import { type Broker, CONSOLE_WINDOW_HANDLE, type InteractiveOptions, PublicClientApplication, unwrap } from "msal-ts";

export interface Settings {
  authority: string;
  /** Its registration has `http://localhost` and the redirect URI of each broker. */
  clientId: string;
  /** Another broker than the operating system's. */
  broker?: Broker;
  /** Opens the page elsewhere than in the system's browser. */
  openBrowser?: InteractiveOptions["openBrowser"];
  /** Tells the user what is about to be shown. */
  announce: (ui: "browser" | "broker") => void;
}

/** Who is signed in, after a sign-in that shows as little as it can. */
export async function signIn({ authority, clientId, broker, openBrowser, announce }: Settings): Promise<string> {
  const app = new PublicClientApplication({ authority, clientId, allowBroker: true, ...(broker && { broker }) });
  const result = await app.acquireTokenInteractive(["User.Read"], {
    parentWindowHandle: CONSOLE_WINDOW_HANDLE,
    onBeforeLaunchingUi: ({ ui }) => announce(ui),
    ...(openBrowser && { openBrowser }),
  });
  const { account, token_source } = unwrap(result);
  return `${account?.username} (${token_source})`;
}
