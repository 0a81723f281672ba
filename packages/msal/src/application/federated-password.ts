import type { CallContext } from "./call-options.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import type { UserRealm } from "../authority/user-realm.ts";
import type { ErrorResponse } from "../error/error-response.ts";
import { MsalError } from "../error/msal-error.ts";
import { saml } from "../grant/saml.ts";
import { fitsXml } from "../wstrust/escape-xml.ts";
import { findPasswordEndpoint } from "../wstrust/find-endpoint.ts";
import type { SamlAssertion } from "../wstrust/issue-response.ts";
import { type IssueFault, issueToken } from "../wstrust/issue-token.ts";

/** A federated user who signs in, and what for. */
export interface FederatedSignIn {
  readonly realm: UserRealm;
  readonly username: string;
  readonly password: string;
  readonly scopes: readonly string[];
  readonly claimsChallenge: string | undefined;
}

/** The public cloud's; Entra ID names it in the user realm. */
const defaultAudience = "urn:federation:MicrosoftOnline";

/**
 * Signs in a user whose password the organisation's own identity provider keeps. It alone gets to see it, and gives an
 * assertion in return, which Entra ID turns into tokens. Loaded for such users only.
 */
export async function acquireFederated(
  services: Services,
  signIn: FederatedSignIn,
  context: CallContext,
): Promise<AuthResult> {
  const { username, scopes, claimsChallenge } = signIn;
  const assertion = await askOrganisation(services, signIn, context);
  if ("error" in assertion) return assertion;
  return services.tokens({
    grant: saml({ assertion: assertion.xml, version: assertion.version, username, scopes }),
    authority: services.configuration.authority,
    scopes,
    context,
    claimsChallenge,
    event: { username },
  });
}

async function askOrganisation(
  { configuration, http }: Services,
  { realm, username, password }: FederatedSignIn,
  { correlationId, signal }: CallContext,
): Promise<SamlAssertion | ErrorResponse> {
  checkFits(realm, username, password, correlationId);
  const context = { correlationId, ...(signal !== undefined && { signal }) };
  const parts = { http, logger: configuration.logger, clock: configuration.clock };
  const federation = { metadataUrl: realm.federationMetadataUrl, activeAuthUrl: realm.federationActiveAuthUrl };
  const endpoint = await findPasswordEndpoint(parts, federation, context);
  const audience = realm.cloudAudienceUrn ?? defaultAudience;
  const answer = await issueToken(parts, endpoint, { username, password, audience }, context);
  return "xml" in answer ? answer : refusalOf(answer, new URL(endpoint.url).host, correlationId);
}

/** What cannot be sent is not tried. */
function checkFits(realm: UserRealm, username: string, password: string, correlationId: string): void {
  const protocol = realm.federationProtocol ?? "WSTrust";
  const remedy = "let the user sign in with acquireTokenInteractive or a device code";
  const fault = (message: string): MsalError =>
    new MsalError("federation_unsupported", `${message}; ${remedy}.`, { correlationId });
  if (!/^ws-?trust$/i.test(protocol)) throw fault("The user's organisation does not take passwords by WS-Trust");
  if (!fitsXml(username + password))
    throw fault("The user name or the password holds a character that XML cannot carry");
}

/** A wrong password is an outcome, as it is with Entra ID itself; any other fault a failure. */
function refusalOf(fault: IssueFault, host: string, correlationId: string): ErrorResponse {
  const { retryAfter, throttled } = fault.details;
  const reason = fault.reason === "" ? "it gives no reason" : fault.reason;
  if (fault.isRefusal) {
    return {
      error: "invalid_grant",
      error_description: `The identity provider at ${host} refused the user name or the password: ${reason}`,
      // The server's own word, which also tells that it is a plain refusal, and no grant that has ended.
      suberror: fault.code,
      correlation_id: correlationId,
      ...(retryAfter !== undefined && { retry_after: retryAfter }),
      ...(throttled && { throttled }),
    };
  }
  throw new MsalError("federation_failed", `The identity provider at ${host} failed (${fault.code}): ${reason}`, {
    ...fault.details,
    retryable: fault.isServers,
  });
}
