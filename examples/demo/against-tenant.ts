import { MsalArgumentError } from "msal-ts";
import type { TenantWish } from "./arguments.ts";
import type { RequestCount } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { showScenarios } from "./show-scenarios.ts";
import { confidentialClient } from "./tenant/confidential-client.ts";
import { publicClient } from "./tenant/public-client.ts";
import type { Terminal } from "./terminal.ts";

/** Runs what a real application can do. Gives whether all did what they claim. */
export async function showTenant(wish: TenantWish, terminal: Terminal): Promise<boolean> {
  const { fetch, count } = countingFetch();
  const scenarios = describeMistakes(() => plan(wish, fetch, terminal), terminal);
  if (scenarios === undefined) return false;
  terminal.write(`The application ${wish.clientId} at ${wish.authority}\n`);
  const failed = await showScenarios(scenarios, count, terminal);
  return failed.length === 0;
}

function plan(
  { authority, clientId, clientSecret, scopes }: TenantWish,
  fetch: typeof globalThis.fetch,
  terminal: Terminal,
): Scenario[] {
  const options = { authority, clientId, fetch };
  return clientSecret === undefined
    ? publicClient(options, scopes, terminal)
    : confidentialClient({ ...options, clientCredential: clientSecret }, scopes);
}

/** An authority that is none is the caller's slip, not a crash. */
function describeMistakes(make: () => Scenario[], { write }: Terminal): Scenario[] | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof MsalArgumentError)) throw error;
    write(error.message);
    return undefined;
  }
}

function countingFetch(): { fetch: typeof globalThis.fetch; count: RequestCount } {
  let sent = 0;
  return {
    fetch: (input, init) => {
      sent += 1;
      return globalThis.fetch(input, init);
    },
    count: () => sent,
  };
}
