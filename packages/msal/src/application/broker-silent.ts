import type { Account } from "./account.ts";
import { goOnWithout } from "./broker-access.ts";
import { brokerAccountId } from "./broker-account.ts";
import { askBroker, type BrokerQuestion, brokerRequest } from "./broker-exchange.ts";
import { refusalResponse } from "./broker-refusal.ts";
import { acceptBrokerTokens } from "./broker-tokens.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import type { AccountEntry } from "../cache/schema.ts";
import type { TokenCache } from "../cache/token-cache.ts";
import { API_ID } from "../protocol/telemetry.ts";

/**
 * A token for a signed-in user by the broker. `undefined` where no broker can serve or where it does not hold the
 * account: then the cache's refresh tokens may.
 */
export async function renewByBroker(
  services: Services,
  question: BrokerQuestion,
  account: Account,
): Promise<AuthResult | undefined> {
  const { authority, context } = question;
  const { caches, logger } = services.configuration;
  const broker = await services.broker?.serving(authority);
  if (broker === undefined) return undefined;
  const environments = await services.authorities.environments(authority, context);
  const { homeAccountId } = account;
  const cachedIn = (cache: TokenCache): AccountEntry[] => cache.findAccounts({ environments, homeAccountId });
  const cached = cachedIn(await caches.open({ homeAccountId }, context));
  const isKnown = cached.length > 0;
  const id = brokerAccountId(account, cached);
  if (id === undefined) return goOnWithout(logger, "The account has no id under which a broker may know it.");

  const request = brokerRequest(services, question);
  const answer = await askBroker(services, { name: "acquireTokenSilently", context }, () =>
    broker.acquireTokenSilently(id, request),
  );
  if ("status" in answer) {
    const isElsewhere = answer.status === "account_not_found" || answer.status === "unavailable";
    return isElsewhere ? goOnWithout(logger, answer.message) : refusalResponse(answer, context.correlationId);
  }
  return acceptBrokerTokens(services, question, answer, {
    api: API_ID.silent,
    event: { skip_account_creation: isKnown },
    store: (cache, event) => {
      // A user who was signed out meanwhile stays signed out.
      if (!isKnown || cachedIn(cache).length > 0) cache.add(event);
    },
  });
}
