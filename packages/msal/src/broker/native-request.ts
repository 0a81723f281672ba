import type { AuthParameters, MsalNodeRuntime } from "@azure/msal-node-runtime";
import type { BrokerRequest } from "./broker.ts";
import { brokerRedirectUri } from "./redirect-uri.ts";

/** The request in the form that the native runtime takes. */
export function nativeParameters(
  runtime: MsalNodeRuntime,
  system: string,
  { clientId, authority, scopes, claims, parameters }: BrokerRequest,
): AuthParameters {
  const native = new runtime.AuthParameters();
  native.CreateAuthParameters(clientId, authority);
  native.SetRedirectUri(brokerRedirectUri(system, clientId));
  native.SetRequestedScopes(scopes.join(" "));
  if (claims !== undefined) native.SetDecodedClaims(claims);
  for (const [name, value] of Object.entries(parameters)) native.SetAdditionalParameter(name, value);
  return native;
}
