import type { CallContext } from "./call-options.ts";
import { secretsOf } from "./extra-data.ts";
import type { Services } from "./services.ts";
import type { Authority } from "../authority/authority.ts";
import type { Broker, BrokerAnswer, BrokerRefusal, BrokerRequest, BrokerTokens } from "../broker/broker.ts";
import { untilAborted } from "../runtime/until-aborted.ts";
import { MsalError } from "../error/msal-error.ts";
import { redact, redactCause } from "../error/redact.ts";
import { mergeClaims } from "../protocol/claims.ts";

/** What an application wants of a broker. */
export interface BrokerQuestion {
  readonly authority: Authority;
  /** As the caller gave them. */
  readonly scopes: readonly string[];
  readonly claimsChallenge: string | undefined;
  readonly maxAge?: number | undefined;
  readonly context: CallContext;
}

/** A request in the seam's form. Without other scopes it asks for those of OpenID Connect. */
export function brokerRequest({ configuration }: Services, question: BrokerQuestion): BrokerRequest {
  const { authority, scopes, claimsChallenge, maxAge, context } = question;
  const { clientId, clientCapabilities } = configuration;
  const claims = mergeClaims(claimsChallenge, clientCapabilities);
  return {
    clientId,
    authority: authority.url,
    scopes: scopes.length > 0 ? scopes : ["openid", "profile", "offline_access"],
    ...(claims !== undefined && { claims }),
    parameters: { ...context.data, ...(maxAge !== undefined && { max_age: String(maxAge) }) },
    correlationId: context.correlationId,
    ...(context.signal !== undefined && { signal: context.signal }),
  };
}

/** A call of a broker, for the log and for errors. */
interface BrokerCallLabel {
  readonly name: keyof Broker;
  readonly context: CallContext;
  /** What no message may show. */
  readonly password?: string;
}

/**
 * Asks, and lets the caller go as soon as its signal aborts. A broker that breaks its contract by throwing is a
 * `broker_failed`.
 */
export async function askBroker<T extends BrokerAnswer | undefined>(
  { configuration }: Services,
  { name, context, password }: BrokerCallLabel,
  ask: () => Promise<T>,
): Promise<T> {
  const { logger } = configuration;
  const { correlationId, signal, data } = context;
  const secrets = [...secretsOf(data), ...(password === undefined ? [] : [password])];
  try {
    const answer = await untilAborted(async () => ask(), signal);
    if (name !== "signOut" && !isTokensOrRefusal(answer)) throw new TypeError("It gave neither tokens nor a refusal.");
    const refused = answer !== undefined && "status" in answer;
    logger.info?.(`Broker: ${name} ${refused ? `refused: ${answer.status}` : "succeeded"} (${correlationId}).`);
    return refused ? { ...answer, message: redact(answer.message, secrets) } : answer;
  } catch (error) {
    if (error instanceof MsalError && error.code === "aborted") throw error;
    logger.error?.(`Broker: ${name} failed (${correlationId}).`);
    throw new MsalError("broker_failed", `The broker failed at ${name}; see "cause". Try again, or without it.`, {
      cause: redactCause(error, secrets),
      correlationId,
    });
  }
}

/** Else a token without its end, say, would be cached for ever. */
function isTokensOrRefusal(answer: Partial<BrokerTokens & BrokerRefusal> | undefined): boolean {
  if (typeof answer?.status === "string") return typeof answer.message === "string";
  const { accessToken, tokenType, expiresOn, scopes, account } = answer ?? {};
  const isWhole = [accessToken, tokenType, account?.id, account?.homeAccountId].every(
    (text) => typeof text === "string",
  );
  return isWhole && accessToken !== "" && Number.isFinite(expiresOn) && Array.isArray(scopes);
}
