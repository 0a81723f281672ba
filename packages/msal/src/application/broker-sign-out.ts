import type { Account } from "./account.ts";
import { brokerAccountId } from "./broker-account.ts";
import { askBroker } from "./broker-exchange.ts";
import type { CallContext } from "./call-options.ts";
import type { Services } from "./services.ts";
import { MsalError } from "../error/msal-error.ts";

/**
 * Signs the account out of this application at the broker. What the broker has against it is told to the log alone: the
 * cache is emptied all the same.
 */
export async function signOutAtBroker(services: Services, account: Account, context: CallContext): Promise<void> {
  const { configuration } = services;
  const { authority, clientId, logger } = configuration;
  const { correlationId, signal } = context;
  const broker = await services.broker?.serving(authority);
  if (broker === undefined) return;
  const environments = await services.authorities.environments(authority, context);
  const { homeAccountId } = account;
  const cache = await configuration.caches.open({ homeAccountId }, context);
  const id = brokerAccountId(account, cache.findAccounts({ environments, homeAccountId }));
  if (id === undefined) return;
  const call = { clientId, correlationId, ...(signal !== undefined && { signal }) };
  try {
    const refusal = await askBroker(services, { name: "signOut", context }, () => broker.signOut(id, call));
    if (refusal === undefined || refusal.status === "account_not_found") return;
    logger.warn?.(`Broker: the account was not signed out there: ${refusal.status}. ${refusal.message}`);
  } catch (error) {
    if (!(error instanceof MsalError) || error.code === "aborted") throw error;
    logger.warn?.(`Broker: the account was not signed out there: ${error.message}`);
  }
}
