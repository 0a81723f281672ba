import type { Emulator } from "@msal-ts/emulator";
import { ConfidentialClientApplication } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { appOf } from "./app-of.ts";
import { thousand } from "./thousand.ts";

/** A busy daemon that has just started: its calls share one discovery and one token request. */
export function thousandForClient(emulator: Emulator): Scenario {
  const scope = "api://orders/.default";
  return {
    flow: "1,000 at once: app",
    who: "daemon",
    scope,
    claim: { requests: 2, from: "network" },
    prepare: async () => {
      const { clientId, secret } = appOf(emulator, "daemon");
      const app = new ConfidentialClientApplication({
        clientId,
        authority: emulator.authority(),
        clientCredential: secret,
      });
      return () => thousand(() => app.acquireTokenForClient([scope]));
    },
  };
}
