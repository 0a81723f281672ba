import { type CacheQuestion, ownerOf, queryAt, skipsAccessTokens } from "./cache-question.ts";
import { type CacheMissReason, isAging, refreshReason } from "./cached-token.ts";
import type { Account } from "./account.ts";
import { familyAt, familyTokens, ownTokens } from "./refresh-candidates.ts";
import { type Renewer, renewerOf } from "./renewer.ts";
import type { Services } from "./services.ts";
import type { SilentCall } from "./silent-call.ts";
import type { RefreshTokenRole, SilentOutcome } from "./silent-explanation.ts";
import type { KnownAuthority } from "../authority/resolver.ts";
import type { Undiscovered } from "../cache/access-token-judgement.ts";
import type { AccessTokenQuery } from "../cache/access-token-query.ts";
import type { RefreshTokenEntry } from "../cache/schema.ts";
import type { TokenCache } from "../cache/token-cache.ts";

/** A refresh token that would be tried, and why. */
export interface Attempt {
  readonly entry: RefreshTokenEntry;
  readonly owner: Account;
  readonly role: RefreshTokenRole;
  /** The host that would be asked. */
  readonly environment: string;
}

/** A silent call and all that decides it. */
export interface SilentSituation {
  readonly call: SilentCall;
  readonly query: AccessTokenQuery;
  readonly undiscovered: Undiscovered;
  readonly skipsCache: boolean;
  /** What is in memory of the owner's tokens. */
  readonly cache: TokenCache;
  readonly outcome: SilentOutcome;
  readonly renewer: Renewer;
  readonly attempts: readonly Attempt[];
  /** Where a token is asked for. */
  readonly renewal?: Renewal;
}

/** Why a token is asked for, and whether the caller has one meanwhile. */
export interface Renewal {
  readonly reason: CacheMissReason;
  readonly inBackground: boolean;
}

/** Looks at the cache as a silent call does, by the same rules, and asks nobody but the store that keeps it. */
export async function situationOf(services: Services, call: SilentCall): Promise<SilentSituation> {
  const { configuration } = services;
  const { question, owner } = call;
  const { authorities = services.authorities } = question;
  const known = authorities.known(question.authority);
  const undiscovered = { hosts: known.environments === undefined, tenant: known.realm === undefined };
  const query = queryOf(question, configuration.clientId, known);
  const skipsCache = skipsAccessTokens(question);
  const cache = await configuration.caches.open(ownerOf(query), question.context);
  const found = skipsCache ? undefined : cache.findAccessToken(query);
  const renewer = renewerOf(owner, services.broker?.mayServe(question.authority) === true);
  const hasRefreshTokens = renewer === "refresh_token" || renewer === "broker";
  const attempts =
    hasRefreshTokens && owner !== undefined ? attemptsOf(cache, configuration.clientId, owner, query.environments) : [];
  const canAsk = renewer === "cloud_shell" || renewer === "broker" || attempts.length > 0;
  const outcome = outcomeOf(undiscovered, found !== undefined, canAsk);
  const situation = { call, query, undiscovered, skipsCache, cache, outcome, renewer, attempts };
  const ages = found !== undefined && isAging(found, cache.now());
  if (outcome !== "request" && !(outcome === "cached" && ages && canAsk)) return situation;
  const reason = refreshReason(cache, query, { skipsCache, isHit: found !== undefined });
  return { ...situation, renewal: { reason, inBackground: outcome === "cached" } };
}

/** Of what is not known only the sure part is asked for: the own host, and no tenant. */
function queryOf(question: CacheQuestion, clientId: string, { environments, realm }: KnownAuthority): AccessTokenQuery {
  const hosts = environments ?? [question.authority.environment];
  const query = queryAt(question, clientId, hosts, realm ?? "");
  return realm === undefined ? { ...query, realms: [] } : query;
}

function outcomeOf({ hosts, tenant }: Undiscovered, isFound: boolean, canAsk: boolean): SilentOutcome {
  if (hosts || tenant) return "discovery";
  if (isFound) return "cached";
  return canAsk ? "request" : "nothing";
}

/** The refresh tokens that a renewal tries, in its order: host by host, the family's before the application's own. */
function attemptsOf(cache: TokenCache, clientId: string, owner: Account, environments: readonly string[]): Attempt[] {
  const { homeAccountId } = owner;
  return environments.flatMap((environment) => {
    const place = { environment, homeAccountId };
    const family = familyAt(cache, clientId, environment);
    const ofFamily = familyTokens(cache, place, family);
    const ofApp = ownTokens(cache, clientId, place).filter((entry) => !ofFamily.includes(entry));
    const role = family.isGuessed ? ("guessed_family" as const) : ("family" as const);
    return [
      ...ofFamily.map((entry) => ({ entry, owner, role, environment })),
      ...ofApp.map((entry) => ({ entry, owner, role: "own" as const, environment })),
    ];
  });
}
