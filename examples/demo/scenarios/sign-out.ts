import type { Emulator } from "@msal-ts/emulator";
import type { Scenario } from "../scenario.ts";
import { signedIn } from "./signed-in.ts";

/** The user signs out of the application: nothing of the user stays in the cache. */
export function signOut(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "sign-out",
    who: "alice",
    scope,
    claim: { requests: 0, from: "none" },
    prepare: async () => {
      const { app, account, tokenCache } = await signedIn(emulator, [scope]);
      return async () => {
        await app.removeAccount(account);
        const types = ["AccessToken", "RefreshToken", "IdToken", "Account"] as const;
        const left = types.filter((type) => tokenCache.find(type).length > 0);
        if (left.length > 0) throw new Error(`After the sign-out the cache still holds: ${left.join(", ")}.`);
        return undefined;
      };
    },
  };
}
