import { goOnWithout } from "./broker-access.ts";
import { signInAsDecided } from "./broker-decision.ts";
import type { BrokerQuestion } from "./broker-exchange.ts";
import { refusalResponse } from "./broker-refusal.ts";
import { acceptBrokerTokens } from "./broker-tokens.ts";
import type { InteractiveOptions } from "./interactive-sign-in.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import type { WindowHandle } from "../broker/broker.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { checkTimeout, interruption, throwIfAborted } from "../interactive/interruption.ts";
import { API_ID } from "../protocol/telemetry.ts";

/**
 * Signs the user in by the broker, with as little of a window as the options allow. `undefined` where no broker can
 * serve.
 */
export async function signInByBroker(
  services: Services,
  question: BrokerQuestion,
  options: InteractiveOptions,
): Promise<AuthResult | undefined> {
  const broker = await services.broker?.serving(question.authority);
  if (broker === undefined) return undefined;
  const parentWindowHandle = requireWindow(options);
  checkTimeout(options.timeout ?? 1);
  tellWhatIsIgnored(services, options);
  const answer = await withinLimits(services, question, options, (limited) =>
    signInAsDecided({ services, broker, question: limited, options, parentWindowHandle }),
  );
  if (!("status" in answer)) return acceptBrokerTokens(services, question, answer, { api: API_ID.interactive });
  if (answer.status === "unavailable") return goOnWithout(services.configuration.logger, answer.message);
  return refusalResponse(answer, question.context.correlationId);
}

/** Ends the broker's wait for the user when the time is up or the caller aborts, and in any case at the end. */
async function withinLimits<T>(
  { configuration }: Services,
  question: BrokerQuestion,
  { timeout }: InteractiveOptions,
  work: (limited: BrokerQuestion) => Promise<T>,
): Promise<T> {
  const { context } = question;
  const { signal } = context;
  throwIfAborted(signal);
  const over = new AbortController();
  const limits = { clock: configuration.clock, ...(signal && { signal }), ...(timeout !== undefined && { timeout }) };
  const interrupted = interruption(limits, over.signal);
  // Before anything else is heard of an abort, the broker is no longer asked.
  const either = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  try {
    return await Promise.race([interrupted, work({ ...question, context: { ...context, signal: either } })]);
  } finally {
    over.abort();
  }
}

function requireWindow({ parentWindowHandle }: InteractiveOptions): WindowHandle {
  if (parentWindowHandle !== undefined) return parentWindowHandle;
  throw new MsalArgumentError(
    "invalid_option",
    "parentWindowHandle",
    'must be given with "allowBroker", so that the broker\'s window stays in front of yours: ' +
      "the handle of your window, or CONSOLE_WINDOW_HANDLE in a program of the console alone",
  );
}

function tellWhatIsIgnored({ configuration }: Services, options: InteractiveOptions): void {
  const { prompt = "", loginHint, extraScopesToConsent = [], domainHint } = options;
  const ignored = [
    ...(["", "none", "select_account"].includes(prompt) ? [] : [`prompt "${prompt}" (it shows its window)`]),
    ...(prompt === "select_account" && loginHint ? ["loginHint beside select_account"] : []),
    ...(extraScopesToConsent.length > 0 ? ["extraScopesToConsent"] : []),
    ...(domainHint ? ["domainHint"] : []),
  ];
  if (ignored.length > 0) configuration.logger.warn?.(`Broker: it does not know ${ignored.join(", ")}.`);
}
