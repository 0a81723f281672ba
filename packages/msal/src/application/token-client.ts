import { acceptToken } from "./accept-token.ts";
import type { CallContext } from "./call-options.ts";
import { secretsOf } from "./extra-data.ts";
import type { TokenClient, TokenClientParts, TokenRequest } from "./token-request.ts";
import type { AuthorityMetadata } from "../authority/resolver.ts";
import { type ErrorResponse, isErrorResponse } from "../error/error-response.ts";
import { MsalError } from "../error/msal-error.ts";
import { redactResponse } from "../error/redact-response.ts";
import type { HttpResponse } from "../http/http-client.ts";
import { mergeClaims } from "../protocol/claims.ts";
import { waitOf } from "../protocol/answer.ts";
import { encodeForm } from "../protocol/form.ts";
import { parseJsonAnswer } from "../protocol/json-answer.ts";
import { REFRESH_REASON } from "../protocol/telemetry.ts";
import { readTokenAnswer, type TokenAnswer } from "../protocol/token-response.ts";
import { epochSeconds } from "../runtime/clock.ts";

/** Makes the token client of one application: the one place where a grant is sent, its answer read and cached. */
export function createTokenClient(parts: TokenClientParts): TokenClient {
  const { telemetry } = parts;
  return async function acquire(request) {
    const { grant, context, authorities = parts.authorities } = request;
    const metadata = await authorities.resolve(request.authority, context);
    try {
      const { response, secrets } = await send(parts, metadata, request);
      const answer = readAnswer(parts, response, secrets, context);
      if (isErrorResponse(answer)) {
        // What was not sent is no request, and the header tells of requests.
        if (!answer.throttled) telemetry.failed(grant.api, context.correlationId, answer.error);
        return answer;
      }
      const result = await acceptToken(parts, { request, metadata, headers: response.headers, answer });
      telemetry.succeeded();
      return result;
    } catch (error) {
      const isThrottled = error instanceof MsalError && error.throttled === true;
      if (!isThrottled) telemetry.failed(grant.api, context.correlationId, failureName(error));
      throw error;
    }
  };
}

interface Exchanged {
  readonly response: HttpResponse;
  /** What was sent and no message may show. */
  readonly secrets: readonly string[];
}

/** Build and send: the grant's parameters, the application's proof, the caller's extras. */
async function send(
  { configuration, http, telemetry, authentication }: TokenClientParts,
  { tokenEndpoint }: AuthorityMetadata,
  { grant, context, claimsChallenge, reason = REFRESH_REASON.notSilent }: TokenRequest,
): Promise<Exchanged> {
  const { clientId, clientCapabilities } = configuration;
  const { correlationId, signal, data } = context;
  const limits = { correlationId, ...(signal !== undefined && { signal }) };
  const proof = await authentication({ clientId, tokenEndpoint, ...limits });
  const ofGrant = grant.secrets.map((name) => grant.parameters[name] ?? "");
  const secrets = [...Object.values(proof), ...ofGrant, ...secretsOf(data)];
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
    ...(grant.owner !== undefined && { owner: grant.owner }),
    ...(reason === REFRESH_REASON.forced && { insists: true }),
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
  const now = epochSeconds(configuration.clock);
  const answer = readTokenAnswer(
    parseJsonAnswer(response, { label: "The token endpoint", correlationId, secrets, now }),
  );
  if (!isErrorResponse(answer)) return answer;
  return { correlation_id: correlationId, ...redactResponse(answer, secrets), ...waitOf(response, now) };
}

function failureName(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown";
}
