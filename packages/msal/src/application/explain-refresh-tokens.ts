import { nearest } from "./nearest.ts";
import { printable, printableSeconds } from "./printable.ts";
import type {
  ExplainedAttempt,
  ExplainedEntries,
  ExplainedRefusal,
  RefreshTokenVerdict,
} from "./silent-explanation.ts";
import type { Attempt, SilentSituation } from "./silent-situation.ts";
import { refreshTokenRefusalOf } from "../cache/account-query.ts";
import type { RefreshTokenEntry } from "../cache/schema.ts";

/** The nearest first; another user's tokens are counted and no more. */
const nearness: readonly RefreshTokenVerdict[] = ["undiscovered", "other_client", "other_host"];

/** What may be told of an attempt. */
export function explainAttempt({ entry, role, environment }: Attempt, now: number): ExplainedAttempt {
  const age = printableSeconds(now - Number(entry.last_modification_time || Number.NaN));
  return { role, ...originOf(entry), environment, age };
}

/** What a silent call would make of the refresh tokens that it does not try. */
export function explainRefusals(
  clientId: string,
  situation: SilentSituation,
): ExplainedEntries<ExplainedRefusal, RefreshTokenVerdict> {
  const tried = new Set(situation.attempts.map(({ entry }) => entry));
  const untried = situation.cache.find("RefreshToken").filter((entry) => !tried.has(entry));
  return nearest<RefreshTokenEntry, ExplainedRefusal, RefreshTokenVerdict>(untried, nearness, {
    verdictOf: (entry) => verdictOn(entry, situation, clientId),
    explain: (entry, verdict) => ({ verdict, ...originOf(entry) }),
  });
}

function verdictOn(
  entry: RefreshTokenEntry,
  { call, query, undiscovered }: SilentSituation,
  clientId: string,
): RefreshTokenVerdict {
  // For an application itself, or a user of the shell, no refresh token is looked for.
  if (call.owner === undefined) return "other_user";
  const { homeAccountId } = call.owner;
  const refusal = refreshTokenRefusalOf(entry, { environments: query.environments, homeAccountId, clientId });
  if (refusal === "other_host" && undiscovered.hosts) return "undiscovered";
  // One that fits in all but the client is of a family that is not this client's.
  return refusal === undefined || refusal === "other_family" ? "other_client" : refusal;
}

function originOf(entry: RefreshTokenEntry): Omit<ExplainedRefusal, "verdict"> {
  const { client_id, environment, family_id } = entry;
  return {
    clientId: printable(client_id),
    environment: printable(environment),
    ...(family_id && { familyId: printable(family_id) }),
  };
}
