import type { Emulator } from "@msal-ts/emulator";
import type { Scenario } from "../scenario.ts";
import { signedIn } from "./signed-in.ts";
import { tokenOf } from "./token-of.ts";

/** The second time costs nothing. */
export function silentCached(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "silent, cached",
    who: "alice",
    scope,
    claim: { requests: 0, from: "cache" },
    prepare: async () => {
      const { app, account } = await signedIn(emulator, [scope]);
      return async () => tokenOf(await app.acquireTokenSilentWithError([scope], account));
    },
  };
}
