import { MsalError } from "../error/msal-error.ts";
import { requestLabel } from "../http/request-label.ts";
import { isSafeAddress } from "../protocol/safe-address.ts";
import { bestEndpoint, endpointAt, type PasswordEndpoint } from "./endpoint.ts";
import { readPasswordEndpoints } from "./mex.ts";
import { parseXml, XmlProblem } from "./parse-xml.ts";
import type { TrustContext, TrustParts } from "./trust-context.ts";
import { unusableAnswer } from "./unusable-answer.ts";

/** Where an organisation keeps its users' passwords, as Entra ID tells it. */
export interface Federation {
  /** Where its identity provider describes itself (WS-MetadataExchange). */
  readonly metadataUrl?: string | undefined;
  /** Where it takes passwords, if it does not say so itself. */
  readonly activeAuthUrl?: string | undefined;
}

/**
 * Where the organisation takes a name and a password: the best endpoint that it describes, else the one that Entra ID
 * knows. ADFS answers 503 where its description is switched off, so any answer without an endpoint leads there.
 *
 * @throws {@link MsalError} For what the network does; `server_error`, `invalid_response` or `federation_unsupported`
 *   when there is neither.
 */
export async function findPasswordEndpoint(
  parts: TrustParts,
  { metadataUrl, activeAuthUrl }: Federation,
  context: TrustContext,
): Promise<PasswordEndpoint> {
  const described = await describedEndpoint(parts, metadataUrl, context);
  if (!(described instanceof MsalError)) return described;
  const known = endpointAt(activeAuthUrl);
  if (known === undefined) throw described;
  parts.logger.warn?.(`${described.message} Entra ID knows an endpoint, which is taken (${context.correlationId}).`);
  return known;
}

/** An answer that tells no endpoint is given back, since there may be another way; no answer at all is thrown. */
async function describedEndpoint(
  { http, clock }: TrustParts,
  url: string | undefined,
  context: TrustContext,
): Promise<PasswordEndpoint | MsalError> {
  if (url === undefined || !isSafeAddress(url)) {
    return unsupported(
      "The user's organisation has no description of its identity provider at an https address",
      context,
    );
  }
  const headers = { accept: "application/wsdl+xml, application/xml, text/xml" };
  const response = await http({ method: "GET", url, headers, ...context });
  const label = `The identity provider's description (${requestLabel({ method: "GET", url })})`;
  try {
    if (response.status !== 200) throw new XmlProblem(`it came with status ${response.status}`);
    const best = bestEndpoint(readPasswordEndpoints(parseXml(response.body)));
    return best ?? unsupported(`${label} names no endpoint for a name and a password over TLS`, context);
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    return unusableAnswer(`${label} cannot be used: ${error.message}`, response, context, clock);
  }
}

function unsupported(message: string, { correlationId }: TrustContext): MsalError {
  const remedy = "let the user sign in with acquireTokenInteractive or a device code";
  return new MsalError("federation_unsupported", `${message}; ${remedy}.`, { correlationId });
}
