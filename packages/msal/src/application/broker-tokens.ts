import type { BrokerQuestion } from "./broker-exchange.ts";
import type { TokenResponse } from "./result.ts";
import type { Services } from "./services.ts";
import type { TokenRequest } from "./token-request.ts";
import type { Authority } from "../authority/authority.ts";
import type { AuthorityMetadata } from "../authority/resolver.ts";
import type { BrokerTokens } from "../broker/broker.ts";
import type { TokenEvent } from "../cache/token-event.ts";
import { MsalError } from "../error/msal-error.ts";
import { clientInfoOf } from "../protocol/client-info.ts";
import type { ApiId } from "../protocol/telemetry.ts";
import type { TokenAnswer } from "../protocol/token-response.ts";

/** How a broker's tokens are taken in. */
export interface Acceptance {
  readonly api: ApiId;
  /** Additions to what the cache is told. */
  readonly event?: Partial<TokenEvent>;
  readonly store?: NonNullable<TokenRequest["store"]>;
}

/** Checks, caches and describes tokens of a broker, as those of the token endpoint are. */
export async function acceptBrokerTokens(
  services: Services,
  { authority, scopes, maxAge, context }: BrokerQuestion,
  tokens: BrokerTokens,
  { api, event, store }: Acceptance,
): Promise<TokenResponse> {
  checkTokenType(tokens, context);
  const request: TokenRequest = {
    grant: { api, parameters: { grant_type: "broker" }, secrets: [] },
    authority,
    scopes,
    context,
    idToken: { maxAge },
    event: { broker_account_id: tokens.account.id, username: tokens.account.username, ...event },
    ...(store !== undefined && { store }),
  };
  const metadata = await metadataFor(services, authority, context);
  const response = await services.acceptToken({ request, metadata, headers: new Headers(), answer: answerOf(tokens) });
  return { ...response, token_source: "broker" };
}

function answerOf({ accessToken, tokenType, expiresOn, scopes, idToken, account }: BrokerTokens): TokenAnswer {
  const clientInfo = clientInfoOf(account.homeAccountId);
  return {
    access_token: accessToken,
    token_type: tokenType,
    expires_on: expiresOn,
    ...(scopes.length > 0 && { scope: scopes.join(" ") }),
    ...(idToken !== undefined && { id_token: idToken }),
    ...(clientInfo !== undefined && { client_info: clientInfo }),
  };
}

/** A bearer token filed as one that is bound to a key would be worth nothing, and somebody might rely on it. */
function checkTokenType({ tokenType }: BrokerTokens, { data, correlationId }: BrokerQuestion["context"]): void {
  const wanted = data?.["token_type"] ?? "Bearer";
  if (tokenType.toLowerCase() === wanted.toLowerCase()) return;
  const message = `The broker gave a token of the type ${tokenType}, not ${wanted}. Make this call without the broker.`;
  throw new MsalError("broker_failed", message, { correlationId });
}

/**
 * The broker has tokens where there is no network, so the provider's configuration is fetched only for what needs it:
 * the keys, and the name of a tenant that the address does not tell.
 */
async function metadataFor(
  { configuration, authorities }: Services,
  authority: Authority,
  context: BrokerQuestion["context"],
): Promise<AuthorityMetadata> {
  if (configuration.validateIdToken === "signature") return authorities.resolve(authority, context);
  const realm = await authorities.realm(authority, context);
  const base = `${new URL(authority.url).origin}/${realm}/oauth2/v2.0`;
  return { authority, realm, authorizationEndpoint: `${base}/authorize`, tokenEndpoint: `${base}/token` };
}
