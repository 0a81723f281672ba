import { nearest } from "./nearest.ts";
import { printable, printableSeconds } from "./printable.ts";
import type { AccessTokenVerdict, ExplainedAccessToken, ExplainedEntries } from "./silent-explanation.ts";
import type { AccessTokenJudgement } from "../cache/access-token-judgement.ts";
import { ACCESS_TOKEN_REFUSALS } from "../cache/access-token-query.ts";
import { isBoundType } from "../protocol/bound-token.ts";

/** The nearest first; another user's tokens are counted and no more. */
const nearness: readonly AccessTokenVerdict[] = [
  "given",
  "left_aside",
  "undiscovered",
  "superseded",
  ...ACCESS_TOKEN_REFUSALS.filter((refusal) => refusal !== "other_user").toReversed(),
];

/**
 * What a silent call would make of the access tokens.
 *
 * @param isLeftAside - Whether the call leaves access tokens aside.
 */
export function explainAccessTokens(
  judgements: Iterable<AccessTokenJudgement>,
  isLeftAside: boolean,
  now: number,
): ExplainedEntries<ExplainedAccessToken, AccessTokenVerdict> {
  return nearest(judgements, nearness, {
    verdictOf: ({ verdict }) => publicVerdict(verdict, isLeftAside),
    explain: (judgement, verdict) => describe(judgement, verdict, now),
  });
}

function publicVerdict(verdict: AccessTokenJudgement["verdict"], isLeftAside: boolean): AccessTokenVerdict {
  if (verdict !== "chosen") return verdict;
  return isLeftAside ? "left_aside" : "given";
}

function describe(
  { entry, timeLeft }: AccessTokenJudgement,
  verdict: AccessTokenVerdict,
  now: number,
): ExplainedAccessToken {
  return {
    verdict,
    clientId: printable(entry.client_id),
    environment: printable(entry.environment),
    tenant: printable(entry.realm),
    scopes: printable(entry.target),
    expiresIn: printableSeconds(timeLeft),
    ...(entry.refresh_on && { refreshIn: printableSeconds(Number(entry.refresh_on) - now) }),
    age: printableSeconds(now - Number(entry.cached_at)),
    isBound: Boolean(entry.key_id) || isBoundType(entry.token_type),
    isOnBehalfOf: Boolean(entry.user_assertion_hash),
  };
}
