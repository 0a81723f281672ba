import type { Emulator } from "@msal-ts/emulator";
import type { Scenario } from "../scenario.ts";
import { signedIn } from "./signed-in.ts";
import { tokenOf } from "./token-of.ts";

/** An API has turned the cached token down and demands claims: the library gets a token that has them. */
export function silentClaimsChallenge(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "claims challenge",
    who: "alice",
    scope,
    claim: { requests: 1, from: "network" },
    prepare: async () => {
      const { app, account } = await signedIn(emulator, [scope]);
      const claimsChallenge = JSON.stringify({ access_token: { acrs: { essential: true, value: "c1" } } });
      return async () => {
        const lift = emulator.requireClaims({ user: "alice", resource: "graph" }, claimsChallenge);
        try {
          return tokenOf(await app.acquireTokenSilentWithError([scope], account, { claimsChallenge }));
        } finally {
          lift();
        }
      };
    },
  };
}
