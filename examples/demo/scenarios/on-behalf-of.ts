import type { Emulator } from "@msal-ts/emulator";
import { unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { calledApi } from "./called-api.ts";

/** An API calls another one for the user who called it. */
export function onBehalfOf(emulator: Emulator): Scenario {
  const scope = "User.Read";
  return {
    flow: "on behalf of",
    who: "alice",
    scope,
    claim: { requests: 2, from: "network" },
    prepare: async () => {
      const { api, presented } = await calledApi(emulator);
      return async () => unwrap(await api.acquireTokenOnBehalfOf(presented, [scope]));
    },
  };
}
