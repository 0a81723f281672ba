import type { Account } from "./account.ts";
import type { AccountEntry } from "../cache/schema.ts";

/**
 * The id under which the broker knows an account: the one that it gave with the tokens; else the user's object id,
 * under which brokers of Entra ID file them, and where MSAL Python keeps what a broker gave it.
 *
 * @param entries - What the cache knows of the account.
 */
export function brokerAccountId(account: Account, entries: readonly AccountEntry[]): string | undefined {
  const named = entries.find(({ nativeAccountId }) => nativeAccountId)?.nativeAccountId;
  return named || entries[0]?.local_account_id || account.localAccountId || undefined;
}
