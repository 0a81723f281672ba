import type { Emulator } from "@msal-ts/emulator";
import type { Scenario } from "../scenario.ts";
import { calledApi } from "./called-api.ts";
import { thousand } from "./thousand.ts";

/** A busy API that has just started, called by one user a thousand times. */
export function thousandOnBehalfOf(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "1,000 at once: OBO",
    who: "alice",
    scope,
    claim: { requests: 2, from: "network" },
    prepare: async () => {
      const { api, presented } = await calledApi(emulator);
      return () => thousand(() => api.acquireTokenOnBehalfOf(presented, [scope]));
    },
  };
}
