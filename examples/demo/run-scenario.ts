import type { TokenResponse } from "msal-ts";
import type { Origin, Scenario } from "./scenario.ts";

/** Tells how many requests the library has sent so far. */
export type RequestCount = () => number;

/** What a scenario did. */
export interface Outcome {
  readonly requests?: number;
  readonly from?: Origin;
  readonly ms?: number;
  /** Why it is not what was claimed. Absent: all is well. */
  readonly problem?: string;
}

/** Runs a scenario, measures it, and holds it to its claim. Never rejects. */
export async function runScenario(scenario: Scenario, count: RequestCount): Promise<Outcome> {
  try {
    const act = await scenario.prepare();
    const [sentBefore, startedAt] = [count(), performance.now()];
    const token = await act();
    const ms = performance.now() - startedAt;
    const measured = { requests: count() - sentBefore, from: originOf(token), ms };
    const problem = compare(scenario, measured) ?? lookAt(token, scenario.scope);
    return { ...measured, ...(problem !== undefined && { problem }) };
  } catch (error) {
    return { problem: String(error) };
  }
}

function originOf(token: TokenResponse | undefined): Origin {
  if (token === undefined) return "none";
  return token.token_source === "cache" ? "cache" : "network";
}

function compare({ claim }: Scenario, { requests, from }: { requests: number; from: Origin }): string | undefined {
  if (from !== claim.from) return `the answer came from ${from}, claimed was ${claim.from}`;
  if (claim.requests === undefined || claim.requests === requests) return undefined;
  return `requests sent: ${requests}, claimed: ${claim.requests}`;
}

function lookAt(token: TokenResponse | undefined, wanted: string): string | undefined {
  if (token === undefined) return undefined;
  if (token.access_token === undefined) return "got an answer without an access token";
  // The provider turns `.default` into what the application was granted.
  const granted = token.scope?.toLowerCase().split(" ") ?? [];
  const missing = wanted.split(" ").find((scope) => !scope.endsWith("/.default") && !holds(granted, scope));
  return missing === undefined ? undefined : `got a token for ${token.scope ?? "nothing"}, without ${missing}`;
}

/** Graph's permissions may come back with the API's name in front. */
function holds(granted: readonly string[], scope: string): boolean {
  const wanted = scope.toLowerCase();
  return granted.some((each) => each === wanted || each.endsWith(`/${wanted}`));
}
