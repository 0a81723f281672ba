import type { Emulator } from "@msal-ts/emulator";
import { PublicClientApplication, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { aliceOf, appOf } from "./app-of.ts";

/** A test or an old system signs a user in by name and password, after it asked who keeps the password. */
export function password(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "password",
    who: "alice",
    scope,
    claim: { requests: 3, from: "network" },
    prepare: async () => {
      const { clientId } = appOf(emulator, "desktop");
      const app = new PublicClientApplication({ clientId, authority: emulator.authority() });
      const alice = aliceOf(emulator);
      return async () => unwrap(await app.acquireTokenByUsernamePassword(alice.username, alice.password, [scope]));
    },
  };
}
