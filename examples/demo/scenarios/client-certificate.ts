import type { Emulator } from "@msal-ts/emulator";
import { ConfidentialClientApplication, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { appOf } from "./app-of.ts";

/** A daemon proves itself with a certificate: the library signs an assertion with its key. */
export function clientCertificate(emulator: Emulator): Scenario {
  const scope = "api://orders/.default";
  return {
    flow: "certificate",
    who: "daemon",
    scope,
    claim: { requests: 2, from: "network" },
    prepare: async () => {
      const { clientId, certificate } = appOf(emulator, "daemon");
      if (certificate === undefined) throw new Error("The daemon has no certificate.");
      const app = new ConfidentialClientApplication({
        clientId,
        authority: emulator.authority(),
        clientCredential: { privateKey: certificate.privateKey, publicCertificate: certificate.certificate },
      });
      return async () => unwrap(await app.acquireTokenForClient([scope]));
    },
  };
}
