import type { Emulator } from "@msal-ts/emulator";
import type { Scenario } from "../scenario.ts";
import { signedIn } from "./signed-in.ts";
import { tokenOf } from "./token-of.ts";

/** A new token although the old one is good, for instance after the user's roles have changed. */
export function silentForced(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "silent, forced",
    who: "alice",
    scope,
    claim: { requests: 1, from: "network" },
    prepare: async () => {
      const { app, account } = await signedIn(emulator, [scope]);
      return async () => tokenOf(await app.acquireTokenSilentWithError([scope], account, { forceRefresh: true }));
    },
  };
}
