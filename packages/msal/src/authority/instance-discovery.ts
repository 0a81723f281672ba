import { type ErrorResponse, readErrorResponse } from "../error/error-response.ts";
import { MsalError } from "../error/msal-error.ts";
import type { JsonObject } from "../protocol/json-object.ts";
import type { Authority } from "./authority.ts";

/** The directory of all hosts that Microsoft runs. */
export const DEFAULT_INSTANCE_DISCOVERY = "https://login.microsoftonline.com/common/discovery/instance";

/** What the directory knows: the names of each cloud's host. */
export type CloudNames = readonly (readonly string[])[];

/** The question whether the directory knows an authority's host. A query that `endpoint` has of its own is kept. */
export function buildInstanceDiscoveryUrl(authority: Authority, endpoint: string): string {
  const url = new URL(endpoint);
  url.searchParams.set("authorization_endpoint", `${authority.url}/oauth2/v2.0/authorize`);
  url.searchParams.set("api-version", "1.1");
  return url.href;
}

/**
 * Reads the directory's answer.
 *
 * @throws {@link MsalError} `invalid_instance` when it does not know the host; `invalid_response` for another refusal.
 */
export function readInstanceDiscovery(answer: JsonObject, authority: Authority, correlationId: string): CloudNames {
  const response = readErrorResponse(answer);
  if (response !== undefined) throw refusal(response, authority, correlationId);
  const { metadata } = answer;
  return Array.isArray(metadata) ? metadata.map(namesOf).filter((names) => names.length > 0) : [];
}

function refusal(response: ErrorResponse, { host }: Authority, correlationId: string): MsalError {
  if (response.error === "invalid_instance") {
    const message =
      `Microsoft does not know the host "${host}" of the authority. Check its spelling. If you trust the host, ` +
      `give the application "validateAuthority: false", or "instanceDiscovery: false" to never ask Microsoft.`;
    return new MsalError("invalid_instance", message, { response, correlationId });
  }
  const { error, error_description: told = "no description" } = response;
  const message = `Instance discovery for "${host}" was refused: ${error} (${told}).`;
  return new MsalError("invalid_response", message, { response, correlationId });
}

function namesOf(group: unknown): string[] {
  if (typeof group !== "object" || group === null || !("aliases" in group) || !Array.isArray(group.aliases)) return [];
  return group.aliases.filter((name) => typeof name === "string").map((name) => name.toLowerCase());
}
