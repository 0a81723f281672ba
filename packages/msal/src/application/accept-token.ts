import { type Account, accountsOf } from "./account.ts";
import { checkIdTokenOf } from "./id-token-check.ts";
import type { TokenResponse } from "./result.ts";
import type { Arrival, TokenClientParts } from "./token-request.ts";
import type { TokenOwner } from "../cache/partition.ts";
import type { TokenCache } from "../cache/token-cache.ts";
import type { TokenEvent } from "../cache/token-event.ts";
import { homeAccountIdOf } from "../protocol/client-info.ts";
import { grantedScopes } from "../protocol/granted-scopes.ts";
import type { IdTokenClaims } from "../protocol/id-token.ts";
import { lifetimeOf } from "../protocol/token-response.ts";
import { epochSeconds } from "../runtime/clock.ts";

/** Checks first, caches after: an id token that breaks a rule leaves no trace. */
export async function acceptToken(parts: TokenClientParts, arrival: Arrival): Promise<TokenResponse> {
  const claims = await checkIdTokenOf(parts, arrival);
  const homeAccountId = homeAccountOf(arrival, claims);
  const owner = ownerOf(parts, arrival, homeAccountId);
  if (owner === undefined) {
    parts.configuration.logger.warn?.("A user's token is not cached: the answer does not say whose it is.");
    return describe(parts, arrival, claims);
  }
  const cache = await store(parts, arrival, owner);
  return describe(parts, arrival, claims, accountAt(cache, arrival, homeAccountId));
}

function homeAccountOf({ request, answer }: Arrival, claims: IdTokenClaims | undefined): string | undefined {
  return homeAccountIdOf(answer.client_info) ?? claims?.sub ?? request.event?.home_account_id;
}

/** Whose tokens they are. A user's without a name on it would pass for the application's own. */
function ownerOf(
  { configuration }: TokenClientParts,
  { request, metadata }: Arrival,
  homeAccountId: string | undefined,
): TokenOwner | undefined {
  const { grant, event } = request;
  if (grant.parameters.grant_type === "client_credentials") {
    return { clientId: configuration.clientId, tenant: metadata.realm };
  }
  const userAssertionHash = event?.user_assertion_hash;
  if (userAssertionHash !== undefined) return { userAssertionHash };
  return homeAccountId === undefined ? undefined : { homeAccountId };
}

function store(
  { configuration }: TokenClientParts,
  { request, metadata, answer }: Arrival,
  owner: TokenOwner,
): TokenCache | Promise<TokenCache> {
  const { clientId, caches } = configuration;
  const { grant, scopes, context, event: additions } = request;
  const put = request.store ?? ((cache, event) => cache.add(event));
  const event: TokenEvent = {
    client_id: clientId,
    scope: grantedScopes(answer, scopes),
    token_endpoint: metadata.tokenEndpoint,
    environment: metadata.authority.environment,
    grant_type: grant.parameters.grant_type,
    response: answer,
    ...(context.data !== undefined && { data: context.data }),
    ...additions,
  };
  return caches.change(owner, (cache) => put(cache, event), { signal: context.signal });
}

function describe(
  parts: TokenClientParts,
  { request, answer }: Arrival,
  claims: IdTokenClaims | undefined,
  account?: Account,
): TokenResponse {
  const { access_token, token_type, id_token, refresh_token, refresh_in } = answer;
  const now = epochSeconds(parts.configuration.clock);
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

function accountAt(cache: TokenCache, { metadata }: Arrival, homeAccountId: string | undefined): Account | undefined {
  if (homeAccountId === undefined) return undefined;
  const { environment } = metadata.authority;
  return accountsOf(cache.findAccounts({ environments: [environment], homeAccountId }))[0];
}
