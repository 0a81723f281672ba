import type { Account } from "./account.ts";
import { explainAccessTokens } from "./explain-access-tokens.ts";
import { explainAttempt, explainRefusals } from "./explain-refresh-tokens.ts";
import { explainRequest } from "./explain-request.ts";
import { explanationText } from "./explanation-text.ts";
import { maskTenant, maskUser } from "./masked-user.ts";
import type { Services } from "./services.ts";
import { readSilentCall, type SilentOptions } from "./silent-call.ts";
import type { ExplainedQuestion, SilentExplanation } from "./silent-explanation.ts";
import { situationOf, type SilentSituation } from "./silent-situation.ts";
import type { Undiscovered } from "../cache/access-token-judgement.ts";

/**
 * Says what a silent call would do, and why, by the very rules that it follows. Asks no network, changes nothing, and
 * counts as no use of the cache.
 */
export async function explainSilently(
  services: Services,
  scopes: readonly string[],
  account: Account | null,
  options: SilentOptions,
): Promise<SilentExplanation> {
  const { configuration } = services;
  const situation = await situationOf(services, readSilentCall(services, scopes, account, options));
  const { query, undiscovered, skipsCache, cache, outcome, attempts } = situation;
  const now = cache.now();
  const cached = {
    outcome,
    question: explainQuestion(services, situation),
    discovery: discoveryOf(undiscovered),
    accessTokens: explainAccessTokens(cache.judgeAccessTokens(query, undiscovered), skipsCache, now),
    attempts: attempts.map((attempt) => explainAttempt(attempt, now)),
    refreshTokens: explainRefusals(configuration.clientId, situation),
  };
  const request = await explainRequest(services, situation);
  const explanation = { ...cached, ...(request !== undefined && { request }) };
  return { ...explanation, text: explanationText(explanation) };
}

function explainQuestion({ configuration }: Services, situation: SilentSituation): ExplainedQuestion {
  const { call, query, undiscovered, cache } = situation;
  const { question, owner } = call;
  const homeAccountId = owner?.homeAccountId;
  // Of other providers' users it may be a part of their name.
  const home = homeAccountId?.split(".")[1];
  const { environments, realms } = query;
  return {
    clientId: configuration.clientId,
    scopes: [...query.scopes],
    authority: question.authority.url,
    ...(!undiscovered.hosts && { environments: [...environments] }),
    ...(!undiscovered.tenant && { tenants: realms.map((realm) => (realm === home ? maskTenant(realm) : realm)) }),
    user: homeAccountId === undefined ? null : maskUser(homeAccountId),
    isAccountKnown: homeAccountId !== undefined && cache.findAccounts({ environments, homeAccountId }).length > 0,
    forceRefresh: question.forceRefresh === true,
    hasClaimsChallenge: question.claimsChallenge !== undefined,
    isBound: query.keyId !== undefined,
  };
}

function discoveryOf({ hosts, tenant }: Undiscovered): ("hosts" | "tenant")[] {
  return [...(hosts ? (["hosts"] as const) : []), ...(tenant ? (["tenant"] as const) : [])];
}
