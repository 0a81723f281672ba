import { acceptToken } from "./accept-token.ts";
import type { CallContext } from "./call-options.ts";
import { tokenMessage } from "./token-message.ts";
import type { TokenClient, TokenClientParts, TokenRequest } from "./token-request.ts";
import type { AuthorityMetadata } from "../authority/resolver.ts";
import { type ErrorResponse, isErrorResponse } from "../error/error-response.ts";
import { MsalError } from "../error/msal-error.ts";
import { redactResponse } from "../error/redact-response.ts";
import type { HttpResponse } from "../http/http-client.ts";
import { waitOf } from "../protocol/answer.ts";
import { parseJsonAnswer } from "../protocol/json-answer.ts";
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

async function send(
  parts: TokenClientParts,
  { tokenEndpoint }: AuthorityMetadata,
  request: TokenRequest,
): Promise<Exchanged> {
  const { clientId } = parts.configuration;
  const { correlationId, signal } = request.context;
  const proof = await parts.authentication({ clientId, tokenEndpoint, correlationId, ...(signal && { signal }) });
  const { secrets = [], ...message } = tokenMessage(parts, tokenEndpoint, request, proof);
  return { response: await parts.http({ ...message, secrets }), secrets };
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
