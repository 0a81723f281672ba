import type { BrokerAnswer, BrokerStatus } from "../broker/broker.ts";
import type { BrokerRule } from "./broker-scene.ts";
import { check } from "./conformance-test.ts";

const unknownAccount = "an-account-that-nobody-has";
const wrongPassword = "pa55-that-nobody-has";

/** What a broker says no to, and how. */
export const refusalRules: readonly BrokerRule[] = [
  {
    scene: "nobody is signed in",
    name: "refuses to sign in silently, since that takes a window",
    run: async ({ broker, request }) => checkRefused(await broker.signInSilently(request), "interaction_required"),
  },
  {
    scene: "nobody is signed in",
    name: "says account_not_found of an account that it does not hold",
    run: async ({ broker, request }) =>
      checkRefused(await broker.acquireTokenSilently(unknownAccount, request), "account_not_found"),
  },
  {
    scene: "nobody is signed in",
    name: "has account_not_found at most against signing out an account that it does not hold",
    async run({ broker, request }) {
      const refusal = await broker.signOut(unknownAccount, request);
      check(
        refusal === undefined || refusal.status === "account_not_found",
        "account_not_found at most",
        refusal?.status,
      );
    },
  },
  {
    scene: "nobody is signed in",
    name: "refuses a wrong password without showing it",
    async run({ broker, request }) {
      const credentials = { username: "nobody@contoso.invalid", password: wrongPassword };
      const answer = await broker.signInWithPassword({ ...request, ...credentials });
      check("status" in answer, "a refusal", "tokens");
      check(!answer.message.includes(wrongPassword), "a message without the password", "one with it");
    },
  },
  {
    scene: "the user cancels",
    name: "says user_cancelled",
    async run({ broker, request }) {
      const answer = await broker.signInInteractively({ ...request, parentWindowHandle: "console" });
      checkRefused(answer, "user_cancelled");
    },
  },
];

function checkRefused(answer: BrokerAnswer, status: BrokerStatus): void {
  check("status" in answer, `the refusal ${status}`, "tokens");
  check(answer.status === status, `the refusal ${status}`, answer.status);
  check(typeof answer.message === "string", "a message, be it empty", answer.message);
}
