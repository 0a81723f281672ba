import type { Emulator } from "@msal-ts/emulator";
import type { Scenario } from "../scenario.ts";
import { signedIn } from "./signed-in.ts";
import { thousand } from "./thousand.ts";

/** A thousand renewals at once spend the refresh token once. */
export function thousandSilent(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "1,000 at once: silent",
    who: "alice",
    scope,
    claim: { requests: 1, from: "network" },
    prepare: async () => {
      const { app, account } = await signedIn(emulator, [scope]);
      return () => thousand(() => app.acquireTokenSilentWithError([scope], account, { forceRefresh: true }));
    },
  };
}
