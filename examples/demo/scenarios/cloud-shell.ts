import type { Emulator } from "@msal-ts/emulator";
import { PublicClientApplication, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { appOf } from "./app-of.ts";

const variable = "AZUREPS_HOST_ENVIRONMENT";

/** A tool in an Azure Cloud Shell gets the token of the shell's user. */
export function cloudShell(emulator: Emulator): Scenario {
  const scope = "https://graph.microsoft.com/.default";
  return {
    flow: "cloud shell",
    who: "alice",
    scope,
    claim: { requests: 1, from: "network" },
    prepare: async () => {
      const { clientId } = appOf(emulator, "desktop");
      const app = new PublicClientApplication({ clientId, fetch: emulator.fetch });
      return async () => {
        const before = process.env[variable];
        process.env[variable] = "cloud-shell/demo";
        try {
          return unwrap(await app.acquireTokenInteractive([scope], { prompt: "none" }));
        } finally {
          if (before === undefined) delete process.env[variable];
          else process.env[variable] = before;
        }
      };
    },
  };
}
