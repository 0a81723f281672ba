import { accountsOf } from "./account.ts";
import { isCalled } from "./accounts.ts";
import { brokerAccountId } from "./broker-account.ts";
import { askBroker, type BrokerQuestion, brokerRequest } from "./broker-exchange.ts";
import type { InteractiveOptions } from "./interactive-sign-in.ts";
import type { Services } from "./services.ts";
import type { Broker, BrokerAnswer, BrokerRefusal, BrokerTokens, WindowHandle } from "../broker/broker.ts";
import { decodeIdToken } from "../protocol/id-token.ts";

/** A sign-in at the broker, and what it may do. */
export interface BrokerSignIn {
  readonly services: Services;
  readonly broker: Broker;
  readonly question: BrokerQuestion;
  readonly options: InteractiveOptions;
  readonly parentWindowHandle: WindowHandle;
}

/** Asks the broker what the table of B5.13 in `docs/behaviour.md` says, row by row: first what needs no window. */
export async function signInAsDecided(signIn: BrokerSignIn): Promise<BrokerAnswer> {
  const { prompt = "", loginHint = "", maxAge } = signIn.options;
  const isSilent = prompt === "none";
  const needsWindow = prompt !== "" || maxAge !== undefined;
  if (needsWindow && !isSilent) return inWindow(signIn);
  const known = loginHint === "" ? undefined : await ofKnownAccount(signIn, loginHint);
  if (known !== undefined && !("status" in known)) return known;
  const byDefault = await ofDefaultAccount(signIn);
  const isTheirs = "status" in byDefault || isHinted(byDefault, loginHint);
  if (isSilent) return isTheirs ? byDefault : otherAccount;
  return isTheirs && !isMendedByWindow(byDefault) ? byDefault : inWindow(signIn);
}

/** For a hint at somebody who has signed in before, when nobody else is called that. */
async function ofKnownAccount(
  { services, broker, question }: BrokerSignIn,
  loginHint: string,
): Promise<BrokerAnswer | undefined> {
  const { authority, context } = question;
  const environments = await services.authorities.environments(authority, context);
  const caches = await services.configuration.caches.openUsers(context);
  const entries = caches.flatMap((cache) => cache.findAccounts({ environments }));
  const [account, ...others] = accountsOf(entries).filter(isCalled(loginHint));
  if (account === undefined || others.length > 0) return undefined;
  const own = entries.filter(({ home_account_id: id }) => id === account.homeAccountId);
  const id = brokerAccountId(account, own);
  if (id === undefined) return undefined;
  return askBroker(services, { name: "acquireTokenSilently", context }, () =>
    broker.acquireTokenSilently(id, brokerRequest(services, question)),
  );
}

function ofDefaultAccount({ services, broker, question }: BrokerSignIn): Promise<BrokerAnswer> {
  return askBroker(services, { name: "signInSilently", context: question.context }, () =>
    broker.signInSilently(brokerRequest(services, question)),
  );
}

async function inWindow(signIn: BrokerSignIn): Promise<BrokerAnswer> {
  const { services, broker, question, parentWindowHandle } = signIn;
  const { loginHint, prompt, onBeforeLaunchingUi } = signIn.options;
  await onBeforeLaunchingUi?.({ ui: "broker" });
  return askBroker(services, { name: "signInInteractively", context: question.context }, () =>
    broker.signInInteractively({
      ...brokerRequest(services, question),
      parentWindowHandle,
      // Whoever is to choose among the accounts is not led to one.
      ...(loginHint && prompt !== "select_account" && { loginHint }),
    }),
  );
}

const otherAccount: BrokerRefusal = {
  status: "interaction_required",
  message:
    'With prompt "none" only the account that the operating system is signed in with can be had without a window, ' +
    'and "loginHint" names another one.',
};

/** The silent sign-in takes no hint: it gives the default account, whoever that is. */
function isHinted({ account, idToken }: BrokerTokens, loginHint: string): boolean {
  if (loginHint === "") return true;
  const claims = idToken === undefined ? undefined : decodeIdToken(idToken);
  const wanted = loginHint.toLowerCase();
  return [account.username, claims?.preferred_username, claims?.upn].some((name) => name?.toLowerCase() === wanted);
}

function isMendedByWindow(answer: BrokerAnswer): boolean {
  return "status" in answer && (answer.status === "interaction_required" || answer.status === "account_unusable");
}
