import type { Emulator } from "@msal-ts/emulator";
import type { Scenario } from "../scenario.ts";
import { signedIn } from "./signed-in.ts";
import { tokenOf } from "./token-of.ts";

/** A token that is about to end is renewed with the refresh token, unasked. */
export function silentRefreshed(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "silent, refreshed",
    who: "alice",
    scope,
    claim: { requests: 1, from: "network" },
    prepare: async () => {
      const usual = emulator.tokenLifetime;
      emulator.tokenLifetime = 60;
      try {
        const { app, account } = await signedIn(emulator, [scope]);
        return async () => tokenOf(await app.acquireTokenSilentWithError([scope], account));
      } finally {
        emulator.tokenLifetime = usual;
      }
    },
  };
}
