import { type Account, accountsOf, checkAccount } from "./account.ts";
import { type CallOptions, startCall } from "./call-options.ts";
import { isCloudShellUser, isInCloudShell } from "./cloud-shell-user.ts";
import type { Services } from "./services.ts";
import { MsalArgumentError } from "../error/argument-error.ts";

/** What `getAccounts` takes. */
export interface GetAccountsOptions extends CallOptions {
  /** Only accounts with this name, whatever its case. Default: all. */
  username?: string;
}

/** The users in the cache, under the authority's own host or another name of its cloud. */
export async function listAccounts(services: Services, options: GetAccountsOptions): Promise<Account[]> {
  const { authorities, configuration } = services;
  const context = startCall(options);
  const { username } = options;
  if (username !== undefined && typeof username !== "string") {
    throw new MsalArgumentError("invalid_option", "username", 'must be a string, such as "alice@contoso.com"');
  }
  const environments = await authorities.environments(configuration.authority, context);
  const caches = await configuration.caches.openUsers(context);
  const accounts = accountsOf(caches.flatMap((cache) => cache.findAccounts({ environments }))).filter(isPresent);
  return username === undefined ? accounts : accounts.filter(isCalled(username));
}

/** One user out of the cache, by the id that the application keeps in the user's session. */
export async function findAccount(
  services: Services,
  homeAccountId: string,
  options: CallOptions,
): Promise<Account | null> {
  const { authorities, configuration } = services;
  if (typeof homeAccountId !== "string" || homeAccountId === "") {
    const mustBe = "must be the homeAccountId of an account, which the application keeps in the user's session";
    throw new MsalArgumentError("invalid_option", "homeAccountId", mustBe);
  }
  const context = startCall(options);
  const environments = await authorities.environments(configuration.authority, context);
  const cache = await configuration.caches.open({ homeAccountId }, context);
  return accountsOf(cache.findAccounts({ environments, homeAccountId })).find(isPresent) ?? null;
}

/** Tells the accounts of this name, whatever its case. */
export function isCalled(username: string): (account: Account) => boolean {
  const wanted = username.toLowerCase();
  return (account) => account.username.toLowerCase() === wanted;
}

/** Whoever sat at a Cloud Shell is in no place where that shell is not. */
function isPresent(account: Account): boolean {
  return !isCloudShellUser(account) || isInCloudShell();
}

/** Signs the user out of this application: nothing of the user stays in the cache. */
export async function forgetAccount(services: Services, account: Account, options: CallOptions): Promise<void> {
  const { authorities, configuration } = services;
  const { homeAccountId, environment } = checkAccount(account);
  const context = startCall(options);
  if (services.broker !== undefined) {
    const { signOutAtBroker } = await import("./broker-sign-out.ts");
    await signOutAtBroker(services, account, context);
  }
  const known = await authorities.environments(configuration.authority, context);
  const environments = known.includes(environment) ? known : [...known, environment];
  const removal = { clientId: configuration.clientId, environments, homeAccountId };
  await configuration.caches.change({ homeAccountId }, (cache) => cache.removeAccount(removal), context);
}

/** Forgets the application's own tokens. */
export async function forgetAppTokens(services: Services, options: CallOptions): Promise<void> {
  const { appAuthorities: authorities, configuration } = services;
  const { authority, clientId, caches } = configuration;
  const context = startCall(options);
  const environments = await authorities.environments(authority, context);
  const tenant = await authorities.realm(authority, context);
  await caches.change({ clientId, tenant }, (cache) => cache.removeAppTokens({ clientId, environments }), context);
}
