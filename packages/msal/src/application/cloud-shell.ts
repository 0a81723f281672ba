import { accountsOf } from "./account.ts";
import { type AuthorizeOptions, checkAuthorizeOptions } from "./authorize-options.ts";
import { type CallContext, type CallOptions, startCall } from "./call-options.ts";
import { askCloudShell } from "./cloud-shell-token.ts";
import { CLOUD_SHELL_AUTHORITY_TYPE } from "./cloud-shell-user.ts";
import type { AuthResult, TokenResponse } from "./result.ts";
import type { Services } from "./services.ts";
import type { Authority } from "../authority/authority.ts";
import type { AccountEntry } from "../cache/schema.ts";
import type { TokenCache } from "../cache/token-cache.ts";
import type { TokenEvent } from "../cache/token-event.ts";
import { isErrorResponse } from "../error/error-response.ts";
import { classify } from "../protocol/classification.ts";
import { resourceOf } from "../protocol/resource.ts";
import { checkScopes, decorateScopes } from "../protocol/scopes.ts";
import { lifetimeOf, type TokenAnswer } from "../protocol/token-response.ts";
import { epochSeconds } from "../runtime/clock.ts";

/** The user as all MSAL libraries file them: the shell does not tell who it is. */
const user = { local_account_id: "user", username: "currentuser@cloudshell" };
const homeAccountId = "user.cloudshell";

/** What is asked of the shell, and where the answer is filed. */
interface ShellRequest {
  readonly authority: Authority;
  readonly scopes: readonly string[];
  readonly context: CallContext;
}

/** Signs the shell's user in, without a page: the shell has done that already. */
export async function signInByCloudShell(
  services: Services,
  scopes: readonly string[],
  options: AuthorizeOptions & CallOptions,
): Promise<AuthResult> {
  const context = startCall(options);
  checkAuthorizeOptions(options);
  const asked = checkScopes(scopes);
  // The shell adds nothing to them, yet what is refused elsewhere is refused here.
  decorateScopes(asked, new Set());
  return acquire(services, { authority: services.configuration.authority, scopes: asked, context }, fileUser);
}

/** Asks the shell again for its user. */
export async function renewByCloudShell(services: Services, request: ShellRequest): Promise<AuthResult> {
  // A renewal makes no account: it may have been removed in the meantime.
  const result = await acquire(services, request, () => {});
  return "error" in result ? { ...result, classification: classify(result) } : result;
}

async function acquire(
  services: Services,
  { authority, scopes, context }: ShellRequest,
  welcome: typeof fileUser,
): Promise<AuthResult> {
  const { authorities, configuration } = services;
  const resource = resourceOf(scopes);
  const environments = await authorities.environments(authority, context);
  const realm = await authorities.realm(authority, context);
  const answer = await askCloudShell(services, resource, context);
  if (isErrorResponse(answer)) return answer;
  const result = describe(services, answer, { scopes, context });
  const event = eventOf(configuration.clientId, { authority, scopes, context }, realm, result);
  const known = (cache: TokenCache): AccountEntry[] => cache.findAccounts({ environments, homeAccountId });
  const file = (cache: TokenCache): void => {
    welcome(cache, authority, realm);
    // Who was signed out meanwhile stays so.
    if (known(cache).length > 0) cache.add(event);
  };
  const cache = await configuration.caches.change({ homeAccountId }, file, context);
  const [account] = accountsOf(known(cache));
  return account === undefined ? result : { ...result, account };
}

function fileUser(cache: TokenCache, { environment }: Authority, realm: string): void {
  const entry = { home_account_id: homeAccountId, environment, realm, ...user };
  cache.modify("Account", { ...entry, authority_type: CLOUD_SHELL_AUTHORITY_TYPE }, {});
}

function eventOf(
  clientId: string,
  { authority, scopes, context }: ShellRequest,
  realm: string,
  { access_token, token_type, expires_in }: TokenResponse,
): TokenEvent {
  return {
    client_id: clientId,
    scope: scopes,
    token_endpoint: `${new URL(authority.url).origin}/${realm}`,
    environment: authority.environment,
    response: { access_token, token_type, expires_in },
    ...(context.data !== undefined && { data: context.data }),
    home_account_id: homeAccountId,
    skip_account_creation: true,
  };
}

interface Receiver {
  readonly scopes: readonly string[];
  readonly context: CallContext;
}

function describe({ configuration }: Services, answer: TokenAnswer, { scopes, context }: Receiver): TokenResponse {
  const now = epochSeconds(configuration.clock);
  const { access_token, token_type = "Bearer" } = answer;
  return {
    ...(access_token !== undefined && { access_token }),
    token_type,
    expires_in: lifetimeOf(answer, now),
    scope: scopes.join(" "),
    token_source: "identity_provider",
    correlation_id: context.correlationId,
  };
}
