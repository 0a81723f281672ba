import { readErrorResponse } from "../error/error-response.ts";
import { MsalError, type MsalErrorDetails } from "../error/msal-error.ts";
import type { HttpResponse } from "../http/http-client.ts";
import { parseJsonAnswer } from "../protocol/json-answer.ts";
import { parseJsonObject } from "../protocol/json-object.ts";
import { retryAfterSeconds } from "../protocol/retry-after.ts";
import { epochSeconds } from "../runtime/clock.ts";
import type { AuthorityMetadata } from "./authority-metadata.ts";
import type { Authority } from "./authority.ts";
import { buildInstanceDiscoveryUrl, type CloudNames, readInstanceDiscovery } from "./instance-discovery.ts";
import { type DocumentParts, keptDocument } from "./kept-document.ts";
import type { Lasting } from "./remembered.ts";
import type { RequestContext } from "./request-context.ts";
import { openidConfigurationUrl, readOpenidConfiguration } from "./tenant-discovery.ts";

/** What discovery sends by, tells the time by, and keeps its answers in. */
export type DiscoveryParts = DocumentParts;

/** Asks the directory at `endpoint` for the clouds it knows, and whether the authority's host is in one. */
export async function discoverInstance(
  parts: DiscoveryParts,
  authority: Authority,
  endpoint: string,
  context: RequestContext,
): Promise<Lasting<CloudNames>> {
  const label = "The instance discovery endpoint";
  const { correlationId } = context;
  return keptDocument(parts, buildInstanceDiscoveryUrl(authority, endpoint), context, (response) => {
    const now = epochSeconds(parts.clock);
    return readInstanceDiscovery(parseJsonAnswer(response, { label, correlationId, now }), authority, correlationId);
  });
}

/**
 * Asks an authority where its endpoints are.
 *
 * @param check - Throws for a configuration that is not to be trusted, which then is not kept either.
 */
export async function discoverTenant(
  parts: DiscoveryParts,
  authority: Authority,
  context: RequestContext,
  check: (metadata: AuthorityMetadata) => void = () => {},
): Promise<Lasting<AuthorityMetadata>> {
  const { correlationId } = context;
  const label = `The OpenID configuration endpoint of ${authority.url}`;
  return keptDocument(parts, openidConfigurationUrl(authority), context, (response) => {
    const now = epochSeconds(parts.clock);
    if (response.status >= 400 && response.status < 500) throw refusal(response, authority, correlationId, now);
    const metadata = readOpenidConfiguration(parseJsonAnswer(response, { label, correlationId, now }), authority);
    check(metadata);
    return metadata;
  });
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
