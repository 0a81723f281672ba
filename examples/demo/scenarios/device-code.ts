import type { Emulator } from "@msal-ts/emulator";
import { PublicClientApplication, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { appOf } from "./app-of.ts";

/** Something without a browser shows a code, which its user types on another device. */
export function deviceCode(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "device code",
    who: "alice",
    scope,
    claim: { requests: 3, from: "network" },
    prepare: async () => {
      const { clientId } = appOf(emulator, "desktop");
      const app = new PublicClientApplication({ clientId, authority: emulator.authority() });
      return async () => {
        const flow = await app.initiateDeviceFlow([scope]);
        // A quick user: the first question after the tokens finds the code typed already.
        await emulator.signIn(flow.verification_uri, "alice", { userCode: flow.user_code });
        return unwrap(await app.acquireTokenByDeviceFlow(flow));
      };
    },
  };
}
