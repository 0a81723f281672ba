import type { Emulator } from "@msal-ts/emulator";
import { ConfidentialClientApplication, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { appOf } from "./app-of.ts";

/** A daemon proves itself with a secret. */
export function clientSecret(emulator: Emulator): Scenario {
  const scope = "api://orders/.default";
  return {
    flow: "client secret",
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
      return async () => unwrap(await app.acquireTokenForClient([scope]));
    },
  };
}
