import type { MsalErrorDetails } from "../error/msal-error.ts";
import { redact } from "../error/redact.ts";
import { requestLabel } from "../http/request-label.ts";
import { answerDetails } from "../protocol/answer.ts";
import { epochSeconds } from "../runtime/clock.ts";
import { randomUuid } from "../runtime/random.ts";
import type { PasswordEndpoint } from "./endpoint.ts";
import { issueRequest } from "./issue-request.ts";
import { readIssueResponse, type SamlAssertion } from "./issue-response.ts";
import { XmlProblem } from "./parse-xml.ts";
import type { SoapFault } from "./soap-fault.ts";
import type { TrustContext, TrustParts } from "./trust-context.ts";
import { unusableAnswer } from "./unusable-answer.ts";

/** Whose token, and for whom. */
export interface TokenWish {
  readonly username: string;
  readonly password: string;
  /** Whom the token is to be made out to. */
  readonly audience: string;
}

/** A fault, with what came along. Its words are free of name and password. */
export interface IssueFault extends SoapFault {
  /** What an error about it says: status, and when the provider may be asked again. */
  readonly details: MsalErrorDetails;
}

/**
 * Sends name and password to the organisation's identity provider. It answers with an assertion about the user, or with
 * a fault, for which ADFS takes the status 500.
 *
 * @throws {@link MsalError} For what the network does; `server_error` or `invalid_response` when it is neither.
 */
export async function issueToken(
  { http, clock }: TrustParts,
  endpoint: PasswordEndpoint,
  wish: TokenWish,
  context: TrustContext,
): Promise<SamlAssertion | IssueFault> {
  const { url, version } = endpoint;
  const secrets = [wish.username, wish.password];
  const response = await http({
    method: "POST",
    url,
    headers: { "content-type": "application/soap+xml; charset=utf-8", soapaction: version.issueAction },
    body: issueRequest(endpoint, { ...wish, messageId: randomUuid(), now: clock.now() }),
    secrets,
    owner: wish.username,
    ...context,
  });
  try {
    const answer = readIssueResponse(response.body);
    if ("xml" in answer) return answer;
    return {
      ...answer,
      reason: redact(answer.reason, secrets),
      code: redact(answer.code, secrets),
      details: answerDetails(response, { label: "", now: epochSeconds(clock), ...context }),
    };
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    const label = requestLabel({ method: "POST", url, secrets });
    const told = `The identity provider's answer (${label}, status ${response.status}) cannot be used`;
    throw unusableAnswer(`${told}: ${error.message}`, response, context, clock);
  }
}
