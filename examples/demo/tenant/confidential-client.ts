import { ConfidentialClientApplication, type ConfidentialClientApplicationOptions, unwrap } from "msal-ts";
import type { Scenario } from "../scenario.ts";
import { thousand } from "../scenarios/thousand.ts";

/** What a service can do by itself. */
export function confidentialClient(
  options: ConfidentialClientApplicationOptions,
  scopes: readonly string[],
): Scenario[] {
  const app = new ConfidentialClientApplication(options);
  const about = { who: "app", scope: scopes.join(" ") };
  return [
    {
      ...about,
      flow: "client secret",
      claim: { from: "network" },
      prepare: async () => async () => unwrap(await app.acquireTokenForClient(scopes)),
    },
    {
      ...about,
      flow: "again, cached",
      after: "client secret",
      claim: { requests: 0, from: "cache" },
      prepare: async () => async () => unwrap(await app.acquireTokenForClient(scopes)),
    },
    {
      ...about,
      flow: "1,000 at once: app",
      after: "client secret",
      claim: { requests: 1, from: "network" },
      prepare: async () => () => thousand(() => app.acquireTokenForClient(scopes, { forceRefresh: true })),
    },
  ];
}
