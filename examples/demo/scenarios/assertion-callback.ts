import type { Emulator } from "@msal-ts/emulator";
import { ConfidentialClientApplication, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { appOf } from "./app-of.ts";
import { signAssertion } from "./sign-assertion.ts";

/** A daemon proves itself with an assertion that somebody else signs, such as a federated identity provider. */
export function assertionCallback(emulator: Emulator): Scenario {
  const scope = "api://orders/.default";
  return {
    flow: "assertion callback",
    who: "daemon",
    scope,
    claim: { requests: 2, from: "network" },
    prepare: async () => {
      const daemon = appOf(emulator, "daemon");
      const app = new ConfidentialClientApplication({
        clientId: daemon.clientId,
        authority: emulator.authority(),
        clientCredential: { clientAssertion: ({ tokenEndpoint }) => signAssertion(daemon, tokenEndpoint) },
      });
      return async () => unwrap(await app.acquireTokenForClient([scope]));
    },
  };
}
