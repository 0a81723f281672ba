import type { Broker, BrokerRequest } from "../broker/broker.ts";
import type { BrokerRule } from "./broker-scene.ts";
import { rejectionOf } from "./conformance-test.ts";
import { silentSignIn } from "./broker-token-rules.ts";

/** How a broker gives up. */
export const cancellationRules: readonly BrokerRule[] = [
  {
    scene: "somebody is signed in",
    name: "rejects at once when the signal has aborted before",
    async run(stage) {
      const { broker, request, inTime } = stage;
      const { account } = await silentSignIn(stage);
      const aborted = { ...request, signal: AbortSignal.abort() };
      for (const [name, call] of Object.entries(calls(broker, account.id, aborted))) {
        await inTime(rejectionOf(call(), `${name} to reject`));
      }
    },
  },
  {
    scene: "the user waits",
    name: "closes its window and rejects when the signal aborts",
    async run({ broker, request, inTime }) {
      const controller = new AbortController();
      const { signal } = controller;
      const waiting = broker.signInInteractively({ ...request, signal, parentWindowHandle: "console" });
      const rejection = rejectionOf(waiting, "signInInteractively to reject");
      controller.abort();
      await inTime(rejection);
    },
  },
];

type Calls = Readonly<Record<keyof Broker, () => Promise<unknown>>>;

function calls(broker: Broker, accountId: string, request: BrokerRequest): Calls {
  return {
    signInSilently: async () => broker.signInSilently(request),
    signInInteractively: async () => broker.signInInteractively({ ...request, parentWindowHandle: "console" }),
    signInWithPassword: async () => broker.signInWithPassword({ ...request, username: "nobody", password: "none" }),
    acquireTokenSilently: async () => broker.acquireTokenSilently(accountId, request),
    signOut: async () => broker.signOut(accountId, request),
  };
}
