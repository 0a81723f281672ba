import type { CallContext } from "./call-options.ts";
import { checkIdTokenOf } from "./id-token-check.ts";
import type { Configuration } from "./options.ts";
import type { AuthResult, TokenResponse } from "./result.ts";
import type { Authority } from "../authority/authority.ts";
import type { AuthorityMetadata, AuthorityResolver } from "../authority/resolver.ts";
import type { SigningKeys } from "../authority/signing-keys.ts";
import type { TokenEvent } from "../cache/token-event.ts";
import type { ClientAuthentication } from "../credential/client-authentication.ts";
import { type ErrorResponse, isErrorResponse } from "../error/error-response.ts";
import { redact } from "../error/redact.ts";
import type { Grant } from "../grant/grant.ts";
import type { HttpClient, HttpResponse } from "../http/http-client.ts";
import { mergeClaims } from "../protocol/claims.ts";
import { homeAccountIdOf } from "../protocol/client-info.ts";
import { encodeForm } from "../protocol/form.ts";
import type { IdTokenClaims } from "../protocol/id-token.ts";
import { splitScopes } from "../protocol/scopes.ts";
import { REFRESH_REASON, type RefreshReason, type Telemetry } from "../protocol/telemetry.ts";
import { parseJsonAnswer } from "../protocol/json-answer.ts";
import { readTokenAnswer, type TokenAnswer } from "../protocol/token-response.ts";
import { epochSeconds } from "../runtime/clock.ts";
import { accountsOf } from "./account.ts";

/** One exchange at the token endpoint, as a flow asks for it. */
export interface TokenRequest {
  readonly grant: Grant;
  readonly authority: Authority;
  /** The scopes asked for; the cache files the token under them when the answer names none. */
  readonly scopes: readonly string[];
  readonly context: CallContext;
  readonly claimsChallenge?: string | undefined;
  /** Why the cache was of no use. Default: the flow does not read it. */
  readonly reason?: RefreshReason;
  /** What the id token must answer to. */
  readonly idToken?: { readonly nonce?: string; readonly maxAge?: number };
  /** Additions to what the cache is told. */
  readonly event?: Partial<TokenEvent>;
  /** Takes the answer into the cache. Default: adds it. */
  readonly store?: (event: TokenEvent) => void;
}

/** The one place where a grant is sent, its answer read, checked and cached. */
export type TokenClient = (request: TokenRequest) => Promise<AuthResult>;

/** What the token client is made of. */
export interface TokenClientParts {
  readonly configuration: Configuration;
  readonly http: HttpClient;
  readonly authorities: AuthorityResolver;
  readonly signingKeys: SigningKeys;
  readonly telemetry: Telemetry;
  readonly authentication: ClientAuthentication;
}

/** Makes the token client of one application. */
export function createTokenClient(parts: TokenClientParts): TokenClient {
  const { telemetry } = parts;
  return async function acquire(request) {
    const { grant, context } = request;
    const metadata = await parts.authorities.resolve(request.authority, context);
    try {
      const { response, secrets } = await send(parts, metadata, request);
      const answer = readAnswer(parts, response, secrets, context);
      if (isErrorResponse(answer)) {
        telemetry.failed(grant.api, context.correlationId, answer.error);
        return answer;
      }
      const result = await accept(parts, metadata, request, response, answer);
      telemetry.succeeded();
      return result;
    } catch (error) {
      telemetry.failed(grant.api, context.correlationId, failureName(error));
      throw error;
    }
  };
}

/** Build and send: the grant's parameters, the application's proof, the caller's extras. */
async function send(
  { configuration, http, telemetry, authentication }: TokenClientParts,
  { tokenEndpoint }: AuthorityMetadata,
  { grant, context, claimsChallenge, reason = REFRESH_REASON.notSilent }: TokenRequest,
): Promise<{ response: HttpResponse; secrets: readonly string[] }> {
  const { clientId, clientCapabilities } = configuration;
  const { correlationId, signal, data } = context;
  const limits = { correlationId, ...(signal !== undefined && { signal }) };
  const proof = await authentication({ clientId, tokenEndpoint, ...limits });
  const secrets = [...Object.values(proof), ...grant.secrets.map((name) => grant.parameters[name] ?? "")];
  const response = await http({
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
    secrets,
    ...limits,
  });
  return { response, secrets };
}

function readAnswer(
  { configuration }: TokenClientParts,
  response: HttpResponse,
  secrets: readonly string[],
  { correlationId }: CallContext,
): TokenAnswer | ErrorResponse {
  const json = parseJsonAnswer(response, {
    label: "The token endpoint",
    correlationId,
    secrets,
    now: epochSeconds(configuration.clock),
  });
  const answer = readTokenAnswer(json);
  if (!isErrorResponse(answer)) return answer;
  const clean: ErrorResponse = { ...answer, correlation_id: answer.correlation_id ?? correlationId };
  // A server may quote what it was sent.
  if (clean.error_description !== undefined) clean.error_description = redact(clean.error_description, secrets);
  return clean;
}

/** Checks first, caches after: an id token that breaks a rule leaves no trace. */
async function accept(
  parts: TokenClientParts,
  metadata: AuthorityMetadata,
  request: TokenRequest,
  response: HttpResponse,
  answer: TokenAnswer,
): Promise<TokenResponse> {
  const { clientId, tokenCache } = parts.configuration;
  const { grant, scopes, context, event } = request;
  const claims = await checkIdTokenOf(answer, parts, metadata, request, response.headers);
  const store = request.store ?? ((addition) => tokenCache.add(addition));
  const { data } = context;
  store({
    client_id: clientId,
    scope: answer.scope === undefined ? scopes : splitScopes(answer.scope),
    token_endpoint: metadata.tokenEndpoint,
    environment: metadata.authority.environment,
    grant_type: grant.parameters.grant_type,
    response: answer,
    ...(data !== undefined && { data }),
    ...event,
  });
  return describe(parts, metadata, request, answer, claims);
}

function describe(
  { configuration }: TokenClientParts,
  { authority }: AuthorityMetadata,
  { scopes, context }: TokenRequest,
  answer: TokenAnswer,
  claims: IdTokenClaims | undefined,
): TokenResponse {
  const { access_token, token_type, id_token, refresh_token, refresh_in } = answer;
  const account = findAccount(configuration, authority, homeAccountIdOf(answer.client_info) ?? claims?.sub);
  return {
    ...(access_token !== undefined && { access_token }),
    ...(token_type !== undefined && { token_type }),
    expires_in: answer.expires_in,
    scope: answer.scope ?? scopes.join(" "),
    ...(id_token !== undefined && { id_token }),
    ...(claims !== undefined && { id_token_claims: claims }),
    ...(refresh_token !== undefined && { refresh_token }),
    ...(refresh_in !== undefined && { refresh_on: epochSeconds(configuration.clock) + refresh_in }),
    token_source: "identity_provider",
    correlation_id: context.correlationId,
    ...(account !== undefined && { account }),
  };
}

function findAccount({ tokenCache }: Configuration, { environment }: Authority, homeAccountId: string | undefined) {
  if (homeAccountId === undefined) return undefined;
  return accountsOf(tokenCache.findAccounts({ environments: [environment], homeAccountId }))[0];
}

function failureName(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown";
}
