import { type Account, checkAccount } from "./account.ts";
import type { CacheQuestion } from "./cache-question.ts";
import { type CallOptions, readForceRefresh, startCall } from "./call-options.ts";
import type { Services } from "./services.ts";
import type { AuthorityBuilder } from "../authority/builder.ts";
import { parseAuthorityLike } from "../authority/parse.ts";
import { parseClaimsChallenge } from "../protocol/claims.ts";
import { checkScopes, decorateScopes, refuseReserved } from "../protocol/scopes.ts";

/** What a silent call takes beside scopes and account. */
export interface SilentOptions extends CallOptions {
  /** Leaves cached access tokens aside and renews. Default: false. */
  forceRefresh?: boolean;
  /** The `claims` of an API's challenge (its `WWW-Authenticate` header), as JSON. Cached access tokens are left aside. */
  claimsChallenge?: string;
  /** Another tenant of the same cloud to get the token from. Default: the application's authority. */
  authority?: string | AuthorityBuilder;
}

/** A silent call whose arguments are checked. */
export interface SilentCall {
  readonly question: CacheQuestion;
  /** Whose token it should be; absent: the application's own. */
  readonly owner: Account | undefined;
}

/**
 * Checks the arguments of a silent call.
 *
 * @throws {@link MsalArgumentError} For scopes or options that cannot work.
 */
export function readSilentCall(
  { configuration, authorities, appAuthorities }: Services,
  scopes: readonly string[],
  account: Account | null,
  options: SilentOptions,
): SilentCall {
  const list = checkScopes(scopes);
  refuseReserved(list);
  const owner = account === null ? undefined : checkAccount(account);
  const context = startCall(options);
  const forceRefresh = readForceRefresh(options);
  const { claimsChallenge } = options;
  if (claimsChallenge !== undefined) parseClaimsChallenge(claimsChallenge);
  const { authority: own } = configuration;
  const authority = options.authority === undefined ? own : parseAuthorityLike(own, options.authority);
  const query = { homeAccountId: owner?.homeAccountId ?? null, scopes: list };
  const place = owner === undefined ? appAuthorities : authorities;
  // Written out at once: a silent call is made for every request of a service, and each copy would cost it.
  const question = {
    authority,
    authorities: place,
    query,
    account: owner,
    claimsChallenge,
    forceRefresh,
    context,
  };
  return { question, owner };
}

/** The scopes with those of OpenID Connect, as a renewal asks for them. */
export function scopesOfRenewal({ configuration }: Services, { query }: CacheQuestion): string[] {
  return decorateScopes(query.scopes, configuration.excludeScopes);
}
