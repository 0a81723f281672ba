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
  const accounts = accountsOf(configuration.tokenCache.findAccounts({ environments })).filter(isPresent);
  return username === undefined ? accounts : accounts.filter(isCalled(username));
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
  configuration.tokenCache.removeAccount({ clientId: configuration.clientId, environments, homeAccountId });
}

/** Forgets the application's own tokens. */
export async function forgetAppTokens(services: Services, options: CallOptions): Promise<void> {
  const { authorities, configuration } = services;
  const environments = await authorities.environments(configuration.authority, startCall(options));
  configuration.tokenCache.removeAppTokens({ clientId: configuration.clientId, environments });
}
