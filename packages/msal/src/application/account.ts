import type { AccountEntry } from "../cache/schema.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { isTenantIndependent } from "../protocol/realm.ts";
import { readText } from "../protocol/wire-value.ts";

/**
 * A signed-in user, as `getAccounts` lists them. A plain object: it may be stored as JSON and handed back later.
 *
 * Only `username` is meant to be shown; it may change, so never use it as a key. `homeAccountId` is the key.
 */
export interface Account {
  /** The user, across tenants: `{object id}.{home tenant id}` at Entra ID. */
  homeAccountId: string;
  /** The host that issued the tokens, such as `login.microsoftonline.com`. */
  environment: string;
  /**
   * The tenant that the tokens are for; the user's home tenant where they came from `common`, `organizations` or
   * `consumers`.
   */
  tenantId: string;
  /** The user's object id in that tenant. */
  localAccountId: string;
  /** The name to show, often an e-mail address. May be empty. */
  username: string;
  /** The full name. */
  name?: string;
  /** `MSSTS` for Entra ID, `ADFS`, `CLOUDSHELL`. */
  authorityType: string;
}

/** Other MSAL libraries file an account under the tenant-independent authority that it signed in at. */
function tenantOf({ realm }: AccountEntry, homeAccountId: string): string {
  return (isTenantIndependent(realm) && homeAccountId.split(".")[1]) || realm;
}

function accountOf(entry: AccountEntry, homeAccountId: string): Account {
  const account: Account = {
    homeAccountId,
    environment: entry.environment,
    tenantId: tenantOf(entry, homeAccountId),
    localAccountId: entry.local_account_id ?? "",
    // Other libraries' entries may lack it.
    username: readText(entry.username) ?? "",
    authorityType: readText(entry.authority_type) ?? "",
  };
  // Spread in between it would make an account cost three times as much, and a server has many.
  if (typeof entry.name === "string") account.name = entry.name;
  return account;
}

/**
 * One account per user: a user known in several tenants or under several names of the cloud is listed once, in the home
 * tenant where that is known.
 */
export function accountsOf(entries: Iterable<AccountEntry>): Account[] {
  const accounts = new Map<string, Account>();
  for (const entry of entries) {
    // Another library may have written an account of nobody.
    if (!entry.home_account_id) continue;
    const account = accountOf(entry, entry.home_account_id);
    const known = accounts.get(account.homeAccountId);
    if (known === undefined || (!isAtHome(known) && isAtHome(account))) accounts.set(account.homeAccountId, account);
  }
  return [...accounts.values()];
}

function isAtHome({ homeAccountId, tenantId }: Account): boolean {
  return homeAccountId.endsWith(`.${tenantId}`);
}

/** Checks an account that comes back from a caller, perhaps out of a session. */
export function checkAccount(account: Account): Account {
  if (isAccount(account)) return account;
  throw new MsalArgumentError(
    "invalid_option",
    "account",
    "must be one of the accounts that getAccounts() lists (with homeAccountId and environment)",
  );
}

function isAccount(value: unknown): value is Account {
  if (typeof value !== "object" || value === null || !("homeAccountId" in value) || !("environment" in value))
    return false;
  return typeof value.homeAccountId === "string" && value.homeAccountId !== "" && typeof value.environment === "string";
}
