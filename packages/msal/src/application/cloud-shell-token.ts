import type { CallContext } from "./call-options.ts";
import { secretsOf } from "./extra-data.ts";
import type { Services } from "./services.ts";
import { type ErrorResponse, isErrorResponse } from "../error/error-response.ts";
import { redactResponse } from "../error/redact-response.ts";
import { encodeForm } from "../protocol/form.ts";
import { parseJsonAnswer } from "../protocol/json-answer.ts";
import { isJsonObject, type JsonObject } from "../protocol/json-object.ts";
import { readTokenAnswer, type TokenAnswer } from "../protocol/token-response.ts";
import { epochSeconds } from "../runtime/clock.ts";

/** Where every Cloud Shell gives out tokens of its user. */
const tokenEndpoint = "http://localhost:50342/oauth2/token";

/** Asks the Cloud Shell around us for its user's token. */
export async function askCloudShell(
  { nearby, configuration }: Services,
  resource: string,
  { correlationId, signal, data }: CallContext,
): Promise<TokenAnswer | ErrorResponse> {
  const secrets = secretsOf(data);
  const response = await nearby({
    method: "POST",
    url: tokenEndpoint,
    headers: {
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded;charset=utf-8",
      metadata: "true",
    },
    body: encodeForm({ resource, ...data }),
    secrets,
    correlationId,
    ...(signal !== undefined && { signal }),
  });
  const now = epochSeconds(configuration.clock);
  const json = parseJsonAnswer(response, { label: "Azure Cloud Shell", correlationId, secrets, now });
  const answer = refuseOtherType(readTokenAnswer(flatten(json)), data?.["token_type"]);
  return isErrorResponse(answer) ? { correlation_id: correlationId, ...redactResponse(answer, secrets) } : answer;
}

/** The shell's refusals have a code and a message where those of a token endpoint have a word and a description. */
function flatten(json: JsonObject): JsonObject {
  const { error } = json;
  if (!isJsonObject(error)) return json;
  return { error: error["code"], error_description: error["message"] };
}

/** A shell that knows no bound tokens gives a bearer token, which would not serve. */
function refuseOtherType(answer: TokenAnswer | ErrorResponse, asked: string | undefined): TokenAnswer | ErrorResponse {
  if (isErrorResponse(answer) || asked === undefined) return answer;
  const { token_type = "Bearer" } = answer;
  if (token_type.toLowerCase() === asked.toLowerCase()) return answer;
  return {
    error: "broker_error",
    error_description: `This Cloud Shell gives no tokens of type "${asked}", but of type "${token_type}".`,
  };
}
