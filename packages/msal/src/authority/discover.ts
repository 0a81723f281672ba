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
import { type DocumentParts, keptDocument, peekDocument } from "./kept-document.ts";
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
  const read = instanceReader(parts, authority, context.correlationId);
  return keptDocument(parts, buildInstanceDiscoveryUrl(authority, endpoint), context, read);
}

/** The same without network, where the answer is kept. */
export function peekInstance(parts: DiscoveryParts, authority: Authority, endpoint: string): CloudNames | undefined {
  const read = instanceReader(parts, authority, "");
  return peekDocument(parts.answers, buildInstanceDiscoveryUrl(authority, endpoint), read)?.value;
}

function instanceReader({ clock }: DiscoveryParts, authority: Authority, correlationId: string) {
  const label = "The instance discovery endpoint";
  return (response: HttpResponse): CloudNames => {
    const answer = parseJsonAnswer(response, { label, correlationId, now: epochSeconds(clock) });
    return readInstanceDiscovery(answer, authority, correlationId);
  };
}

/** Throws for a configuration that is not to be trusted, which then is not kept either. */
export type MetadataCheck = (metadata: AuthorityMetadata) => void;

/** Asks an authority where its endpoints are. */
export async function discoverTenant(
  parts: DiscoveryParts,
  authority: Authority,
  context: RequestContext,
  check: MetadataCheck = () => {},
): Promise<Lasting<AuthorityMetadata>> {
  const read = tenantReader(parts, authority, check, context.correlationId);
  return keptDocument(parts, openidConfigurationUrl(authority), context, read);
}

/** The same without network, where the answer is kept. */
export function peekTenant(
  parts: DiscoveryParts,
  authority: Authority,
  check: MetadataCheck,
): AuthorityMetadata | undefined {
  return peekDocument(parts.answers, openidConfigurationUrl(authority), tenantReader(parts, authority, check, ""))
    ?.value;
}

function tenantReader({ clock }: DiscoveryParts, authority: Authority, check: MetadataCheck, correlationId: string) {
  const label = `The OpenID configuration endpoint of ${authority.url}`;
  return (response: HttpResponse): AuthorityMetadata => {
    const now = epochSeconds(clock);
    if (response.status >= 400 && response.status < 500) throw refusal(response, authority, correlationId, now);
    const metadata = readOpenidConfiguration(parseJsonAnswer(response, { label, correlationId, now }), authority);
    check(metadata);
    return metadata;
  };
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
