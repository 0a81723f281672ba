import { type Account, checkAccount } from "./account.ts";
import { type CallOptions, readForceRefresh, startCall } from "./call-options.ts";
import { isCloudShellUser } from "./cloud-shell-user.ts";
import { readThrough } from "./read-through.ts";
import { refreshFromCache } from "./refresh.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import type { AuthorityBuilder } from "../authority/builder.ts";
import { parseAuthority } from "../authority/parse.ts";
import { parseClaimsChallenge } from "../protocol/claims.ts";
import { checkScopes, decorateScopes } from "../protocol/scopes.ts";

/** What a silent call takes beside scopes and account. */
export interface SilentOptions extends CallOptions {
  /** Leaves cached access tokens aside and renews. Default: false. */
  forceRefresh?: boolean;
  /** The `claims` of an API's challenge (its `WWW-Authenticate` header), as JSON. Cached access tokens are left aside. */
  claimsChallenge?: string;
  /** Another tenant of the same cloud to get the token from. Default: the application's authority. */
  authority?: string | AuthorityBuilder;
}

/** Cache, then refresh token, then the provider's refusal; `null` when the cache holds nothing to begin with. */
export async function acquireSilently(
  services: Services,
  scopes: readonly string[],
  account: Account | null,
  options: SilentOptions,
): Promise<AuthResult | null> {
  const { configuration } = services;
  const asked = checkScopes(scopes);
  const decorated = decorateScopes(asked, configuration.excludeScopes);
  const owner = account === null ? undefined : checkAccount(account);
  const context = startCall(options);
  const forceRefresh = readForceRefresh(options);
  const { claimsChallenge } = options;
  if (claimsChallenge !== undefined) parseClaimsChallenge(claimsChallenge);
  const authority = options.authority === undefined ? configuration.authority : parseAuthority(options.authority);

  return readThrough(services, {
    exchanges: services.renewals,
    authority,
    authorities: owner === undefined ? services.appAuthorities : services.authorities,
    query: { homeAccountId: owner?.homeAccountId ?? null, scopes: asked },
    ...(owner !== undefined && { account: owner }),
    claimsChallenge,
    forceRefresh,
    context,
    exchange: async (shared, reason) => {
      // The application itself has no refresh token.
      if (owner === undefined) return null;
      if (isCloudShellUser(owner)) {
        const { renewByCloudShell } = await import("./cloud-shell.ts");
        return renewByCloudShell(services, { authority, scopes: asked, context: shared });
      }
      return refreshFromCache(services, {
        authority,
        account: owner,
        scopes: decorated,
        claimsChallenge,
        reason,
        context: shared,
      });
    },
  });
}
