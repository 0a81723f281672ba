import type { Emulator } from "@msal-ts/emulator";
import { ATTEMPT_REGION_DISCOVERY, ConfidentialClientApplication, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { appOf } from "./app-of.ts";

/** A daemon finds out its Azure region and gets its token there: metadata service, discovery, token. */
export function region(emulator: Emulator): Scenario {
  const scope = "api://orders/.default";
  return {
    flow: "secret, in a region",
    who: "daemon",
    scope,
    claim: { requests: 3, from: "network" },
    prepare: async () => {
      const { clientId, secret } = appOf(emulator, "daemon");
      const app = new ConfidentialClientApplication({
        clientId,
        authority: `https://login.microsoftonline.com/${emulator.tenants[0]?.id}`,
        clientCredential: secret,
        azureRegion: ATTEMPT_REGION_DISCOVERY,
        // Leads the regional host and the metadata service's address into the emulator.
        fetch: emulator.fetch,
      });
      return async () => unwrap(await app.acquireTokenForClient([scope]));
    },
  };
}
