import { readErrorResponse } from "../error/error-response.ts";
import { MsalError, type MsalErrorDetails } from "../error/msal-error.ts";
import type { HttpClient, HttpResponse } from "../http/http-client.ts";
import { parseJsonAnswer } from "../protocol/json-answer.ts";
import { parseJsonObject } from "../protocol/json-object.ts";
import { retryAfterSeconds } from "../protocol/retry-after.ts";
import { type Clock, epochSeconds } from "../runtime/clock.ts";
import type { AuthorityMetadata } from "./authority-metadata.ts";
import type { Authority } from "./authority.ts";
import { get } from "./get.ts";
import { buildInstanceDiscoveryUrl, type CloudNames, readInstanceDiscovery } from "./instance-discovery.ts";
import type { RequestContext } from "./request-context.ts";
import { openidConfigurationUrl, readOpenidConfiguration } from "./tenant-discovery.ts";

/** What discovery sends by, and tells the time by. */
export interface DiscoveryParts {
  readonly http: HttpClient;
  readonly clock: Clock;
}

/** Asks the directory at `endpoint` for the clouds it knows, and whether the authority's host is in one. */
export async function discoverInstance(
  { http, clock }: DiscoveryParts,
  authority: Authority,
  endpoint: string,
  context: RequestContext,
): Promise<CloudNames> {
  const response = await get(http, buildInstanceDiscoveryUrl(authority, endpoint), context);
  const label = "The instance discovery endpoint";
  const { correlationId } = context;
  return readInstanceDiscovery(
    parseJsonAnswer(response, { label, correlationId, now: epochSeconds(clock) }),
    authority,
    correlationId,
  );
}

/** Asks an authority where its endpoints are. */
export async function discoverTenant(
  { http, clock }: DiscoveryParts,
  authority: Authority,
  context: RequestContext,
): Promise<AuthorityMetadata> {
  const response = await get(http, openidConfigurationUrl(authority), context);
  const { correlationId } = context;
  const now = epochSeconds(clock);
  if (response.status >= 400 && response.status < 500) throw refusal(response, authority, correlationId, now);
  const label = `The OpenID configuration endpoint of ${authority.url}`;
  return readOpenidConfiguration(parseJsonAnswer(response, { label, correlationId, now }), authority);
}

function refusal(
  { status, headers, body }: HttpResponse,
  { url, tenant }: Authority,
  correlationId: string,
  now: number,
): MsalError {
  const response = readErrorResponse(parseJsonObject(body) ?? {});
  const retryAfter = retryAfterSeconds(headers, now);
  const details: MsalErrorDetails = {
    status,
    correlationId,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(response !== undefined && { response }),
  };
  // The server has no time now; that says nothing about the tenant.
  if (status === 408 || status === 429) {
    const message = `${url} does not give its OpenID configuration now (status ${status}); try again later.`;
    return new MsalError("server_error", message, { ...details, retryable: true });
  }
  const whatToCheck = tenant === "" ? "Check the address" : `Check the tenant "${tenant}" and the host`;
  const message = `There is no OpenID configuration at ${url} (status ${status}). ${whatToCheck}.`;
  return new MsalError("authority_not_found", message, details);
}
