import { secretsOf } from "./extra-data.ts";
import type { TokenClientParts, TokenRequest } from "./token-request.ts";
import type { HttpRequest } from "../http/http-client.ts";
import { mergeClaims } from "../protocol/claims.ts";
import { encodeForm } from "../protocol/form.ts";
import { REFRESH_REASON } from "../protocol/telemetry.ts";

/** What goes to the token endpoint: the grant's parameters, the application's proof, the caller's extras. */
export function tokenMessage(
  { configuration, telemetry }: Pick<TokenClientParts, "configuration" | "telemetry">,
  tokenEndpoint: string,
  { grant, context, claimsChallenge, reason = REFRESH_REASON.notSilent }: Omit<TokenRequest, "authority" | "scopes">,
  proof: Readonly<Record<string, string>>,
): HttpRequest {
  const { clientId, clientCapabilities } = configuration;
  const { correlationId, signal, data } = context;
  const ofGrant = grant.secrets.map((name) => grant.parameters[name] ?? "");
  return {
    method: "POST",
    url: tokenEndpoint,
    headers: {
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded;charset=utf-8",
      ...telemetry.headers(grant.api, reason),
      ...(grant.anchorMailbox !== undefined && { "x-anchormailbox": grant.anchorMailbox }),
    },
    body: encodeForm({
      client_id: clientId,
      client_info: "1",
      ...grant.parameters,
      claims: mergeClaims(claimsChallenge, clientCapabilities),
      ...proof,
      ...data,
    }),
    secrets: [...Object.values(proof), ...ofGrant, ...secretsOf(data)],
    ...(grant.owner !== undefined && { owner: grant.owner }),
    ...(reason === REFRESH_REASON.forced && { insists: true }),
    correlationId,
    ...(signal !== undefined && { signal }),
  };
}
