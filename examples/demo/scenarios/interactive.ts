import type { Emulator } from "@msal-ts/emulator";
import { PublicClientApplication, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { appOf } from "./app-of.ts";

/** A desktop app signs its user in through the browser, which comes back to a port on this machine. */
export function interactive(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "interactive",
    who: "alice",
    scope,
    claim: { requests: 2, from: "network" },
    prepare: async () => {
      const { clientId } = appOf(emulator, "desktop");
      const app = new PublicClientApplication({ clientId, authority: emulator.authority() });
      // The emulator plays the browser and the person before it.
      const openBrowser = async (url: string): Promise<void> => void (await emulator.signIn(url, "alice"));
      return async () => unwrap(await app.acquireTokenInteractive([scope], { openBrowser, timeout: 20 }));
    },
  };
}
