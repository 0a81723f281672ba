import { type Account, accountsOf } from "./account.ts";
import { checkIdTokenOf } from "./id-token-check.ts";
import type { TokenResponse } from "./result.ts";
import type { Arrival, TokenClientParts } from "./token-request.ts";
import { homeAccountIdOf } from "../protocol/client-info.ts";
import { grantedScopes } from "../protocol/granted-scopes.ts";
import type { IdTokenClaims } from "../protocol/id-token.ts";
import { lifetimeOf } from "../protocol/token-response.ts";
import { epochSeconds } from "../runtime/clock.ts";

/** Checks first, caches after: an id token that breaks a rule leaves no trace. */
export async function acceptToken(parts: TokenClientParts, arrival: Arrival): Promise<TokenResponse> {
  const claims = await checkIdTokenOf(parts, arrival);
  if (isOwnerKnown(arrival)) store(parts, arrival);
  else parts.configuration.logger.warn?.("A user's token is not cached: the answer does not say whose it is.");
  return describe(parts, arrival, claims);
}

/** A user's token without a name on it would pass for the application's own. */
function isOwnerKnown({ request: { grant, event }, answer }: Arrival): boolean {
  if (grant.parameters.grant_type === "client_credentials") return true;
  const named = answer.client_info ?? answer.id_token ?? event?.home_account_id ?? event?.user_assertion_hash;
  return named !== undefined;
}

function store({ configuration }: TokenClientParts, { request, metadata, answer }: Arrival): void {
  const { clientId, tokenCache } = configuration;
  const { grant, scopes, context, event } = request;
  const add = request.store ?? ((addition) => tokenCache.add(addition));
  add({
    client_id: clientId,
    scope: grantedScopes(answer, scopes),
    token_endpoint: metadata.tokenEndpoint,
    environment: metadata.authority.environment,
    grant_type: grant.parameters.grant_type,
    response: answer,
    ...(context.data !== undefined && { data: context.data }),
    ...event,
  });
}

function describe(parts: TokenClientParts, arrival: Arrival, claims: IdTokenClaims | undefined): TokenResponse {
  const { request, answer } = arrival;
  const { access_token, token_type, id_token, refresh_token, refresh_in } = answer;
  const now = epochSeconds(parts.configuration.clock);
  const account = accountOfAnswer(parts, arrival, claims);
  return {
    ...(access_token !== undefined && { access_token }),
    ...(token_type !== undefined && { token_type }),
    expires_in: lifetimeOf(answer, now),
    scope: answer.scope ?? request.scopes.join(" "),
    ...(id_token !== undefined && { id_token }),
    ...(claims !== undefined && { id_token_claims: claims }),
    ...(refresh_token !== undefined && { refresh_token }),
    ...(refresh_in !== undefined && { refresh_on: now + refresh_in }),
    token_source: "identity_provider",
    correlation_id: request.context.correlationId,
    ...(account !== undefined && { account }),
  };
}

function accountOfAnswer(
  { configuration }: TokenClientParts,
  { request, metadata, answer }: Arrival,
  claims: IdTokenClaims | undefined,
): Account | undefined {
  const homeAccountId = homeAccountIdOf(answer.client_info) ?? claims?.sub ?? request.event?.home_account_id;
  if (homeAccountId === undefined) return undefined;
  const { environment } = metadata.authority;
  return accountsOf(configuration.tokenCache.findAccounts({ environments: [environment], homeAccountId }))[0];
}
