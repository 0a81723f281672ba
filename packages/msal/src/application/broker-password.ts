import { goOnWithout } from "./broker-access.ts";
import { askBroker, type BrokerQuestion, brokerRequest } from "./broker-exchange.ts";
import { refusalResponse } from "./broker-refusal.ts";
import { acceptBrokerTokens } from "./broker-tokens.ts";
import type { AuthResult } from "./result.ts";
import type { Services } from "./services.ts";
import { API_ID } from "../protocol/telemetry.ts";

/** A sign-in by name and password at the broker. `undefined` where no broker can serve. */
export async function passwordByBroker(
  services: Services,
  question: BrokerQuestion,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<AuthResult | undefined> {
  const broker = await services.broker?.serving(question.authority);
  if (broker === undefined) return undefined;
  const answer = await askBroker(services, { name: "signInWithPassword", context: question.context, password }, () =>
    broker.signInWithPassword({ ...brokerRequest(services, question), username, password }),
  );
  if (!("status" in answer)) return acceptBrokerTokens(services, question, answer, { api: API_ID.password });
  if (answer.status === "unavailable") return goOnWithout(services.configuration.logger, answer.message);
  return refusalResponse(answer, question.context.correlationId);
}
