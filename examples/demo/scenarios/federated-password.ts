import type { Emulator } from "@msal-ts/emulator";
import { PublicClientApplication, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { appOf, userOf } from "./app-of.ts";

/** The same for a user whose organisation keeps the password: it is asked where, and then for an assertion. */
export function federatedPassword(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "password, federated",
    who: "fay",
    scope,
    claim: { requests: 5, from: "network" },
    prepare: async () => {
      const { clientId } = appOf(emulator, "desktop");
      const app = new PublicClientApplication({ clientId, authority: emulator.authority() });
      const fay = userOf(emulator, "fay");
      return async () => unwrap(await app.acquireTokenByUsernamePassword(fay.username, fay.password, [scope]));
    },
  };
}
