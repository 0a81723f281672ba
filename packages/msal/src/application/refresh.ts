import type { Account } from "./account.ts";
import type { CallContext } from "./call-options.ts";
import { familyAt, familyTokens, ownTokens } from "./refresh-candidates.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import type { Authority } from "../authority/authority.ts";
import { authorityAt } from "../authority/parse.ts";
import type { RefreshTokenEntry } from "../cache/schema.ts";
import type { TokenCache } from "../cache/token-cache.ts";
import type { TokenEvent } from "../cache/token-event.ts";
import type { ErrorResponse } from "../error/error-response.ts";
import type { Grant } from "../grant/grant.ts";
import { refreshToken } from "../grant/refresh-token.ts";
import { classify } from "../protocol/classification.ts";
import { API_ID, type RefreshReason } from "../protocol/telemetry.ts";

/** A renewal from the refresh tokens that the cache holds. */
export interface RefreshRequest {
  readonly authority: Authority;
  readonly account: Account;
  /** With those of OpenID Connect. */
  readonly scopes: readonly string[];
  readonly reason: RefreshReason;
  readonly claimsChallenge: string | undefined;
  readonly context: CallContext;
}

/**
 * Tries the user's refresh tokens, under the authority's own host and then under its other names, until one gives a
 * token. `null` when there is none to try; else the last refusal.
 */
export async function refreshFromCache(services: Services, request: RefreshRequest): Promise<AuthResult | null> {
  let refusal: ErrorResponse | null = null;
  for (const environment of await services.authorities.environments(request.authority, request.context)) {
    const authority = authorityAt(request.authority, environment);
    const result = await refreshAt(services, { ...request, authority });
    if (result !== null && !("error" in result)) return result;
    refusal = result ?? refusal;
  }
  return refusal && { ...refusal, classification: classify(refusal) };
}

/** Family first, then the app's own: a family's token is the fresher one, for any member renews it. */
async function refreshAt(services: Services, request: RefreshRequest): Promise<AuthResult | null> {
  const { clientId, caches } = services.configuration;
  const { homeAccountId } = request.account;
  const place = { environment: request.authority.environment, homeAccountId };
  // Whoever renews has read the newest state a moment ago.
  const cache = caches.peek({ homeAccountId });
  const family = familyAt(cache, clientId, place.environment);
  const tried = new Set<RefreshTokenEntry>();
  const ofFamily = await tryInTurn(services, request, familyTokens(cache, place, family), tried);
  if (ofFamily !== null && !("error" in ofFamily)) return ofFamily;
  const ofApp = await tryInTurn(services, request, ownTokens(cache, clientId, place), tried);
  // An app that only guessed its family learns nothing of its own from the family's refusal.
  return ofApp ?? (family.isGuessed ? null : ofFamily);
}

async function tryInTurn(
  services: Services,
  request: RefreshRequest,
  candidates: readonly RefreshTokenEntry[],
  tried: Set<RefreshTokenEntry>,
): Promise<AuthResult | null> {
  let result: AuthResult | null = null;
  for (const candidate of candidates) {
    if (tried.has(candidate)) continue;
    tried.add(candidate);
    // One after the other: a refresh token that works makes the others unnecessary.
    result = await redeem(services, request, candidate);
    if (!("error" in result) || isForeignToken(result)) return result;
  }
  return result;
}

/** The token belongs to a family that this app is not in: no other token of the family will do either. */
function isForeignToken({ suberror }: ErrorResponse): boolean {
  return suberror === "client_mismatch";
}

function redeem(services: Services, request: RefreshRequest, candidate: RefreshTokenEntry): Promise<AuthResult> {
  const { authority, account, scopes, reason, claimsChallenge, context } = request;
  const { homeAccountId } = account;
  return services.tokens({
    grant: renewalGrant(candidate.secret, request),
    authority,
    scopes,
    context,
    claimsChallenge,
    reason,
    event: { skip_account_creation: true, home_account_id: homeAccountId },
    store: (cache, event) => renewEntries(cache, candidate, event),
  });
}

/** What a renewal sends beside what every request does. */
export function renewalGrant(secret: string, { scopes, account }: Pick<RefreshRequest, "scopes" | "account">): Grant {
  const { homeAccountId } = account;
  return refreshToken({ refreshToken: secret, scopes, homeAccountId, api: API_ID.silent });
}

/**
 * Puts the new refresh token in the place of the one that was used. A user who was signed out meanwhile stays signed
 * out. Another refresh token in its place, of a newer sign-in or of another process, stays: ours may be spent by now.
 */
function renewEntries(cache: TokenCache, used: RefreshTokenEntry, event: TokenEvent): void {
  const { environment, home_account_id: homeAccountId, client_id: clientId, target } = used;
  const current = cache
    .findRefreshTokens({ environments: [environment], homeAccountId, clientId })
    .find((entry) => entry.target === target);
  if (current === undefined) return;
  const { refresh_token, ...rest } = event.response;
  const { foci } = rest;
  if (typeof refresh_token === "string" && current.secret === used.secret) {
    cache.modify("RefreshToken", current, {
      secret: refresh_token,
      last_modification_time: String(cache.now()),
      ...(typeof foci === "string" && { family_id: foci }),
    });
  }
  cache.add({ ...event, response: rest });
}
