import { describe, expect, it } from "vitest";
import type { Broker } from "../../src/broker/broker.ts";
import { brokerConformance, type BrokerScene, createFakeBroker, type FakeBroker } from "../../src/testing.ts";
import { ManualClock } from "../support/manual-clock.ts";

const username = "alice@contoso.com";

const windows: Partial<Record<BrokerScene, "cancelled" | "open">> = {
  "the user cancels": "cancelled",
  "the user waits": "open",
};

function fakeIn(scene: BrokerScene): FakeBroker {
  const somebody = scene === "nobody is signed in" ? {} : { users: [{ username }] };
  const signedIn = scene === "somebody is signed in" ? { defaultUser: username } : {};
  return createFakeBroker({ ...somebody, ...signedIn, window: windows[scene] ?? "signed in" });
}

describe("B5.13 the fake broker keeps the contract:", () => {
  it.each(brokerConformance(fakeIn))("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

/** The names of the tests that a broker fails which breaks the contract so. */
async function failures(
  breakIt: (broker: FakeBroker) => Partial<Broker>,
  clock = new ManualClock(),
): Promise<string[]> {
  const tests = brokerConformance(
    (scene) => {
      const broker = fakeIn(scene);
      return { ...broker, ...breakIt(broker) };
    },
    { clock },
  );
  const outcomes = await Promise.all(
    tests.map(async ({ name, run }) => {
      const running = run().then(
        () => undefined,
        () => name,
      );
      // For those that wait for an abort which is not heard.
      setImmediate(() => clock.advance(5000));
      return running;
    }),
  );
  return outcomes.filter((name) => name !== undefined);
}

describe("B5.13 the conformance suite notices a broker that", () => {
  it("keeps the contract, and then nothing", async () => {
    expect(await failures(() => ({}))).toEqual([]);
  });

  it.each<[fault: string, breakIt: (broker: FakeBroker) => Partial<Broker>, noticed: string]>([
    [
      "gives milliseconds",
      (broker) => ({
        signInSilently: async (request) => changed(await broker.signInSilently(request), { expiresOn: Date.now() }),
      }),
      "signs in silently and gives whole tokens",
    ],
    [
      "gives no access token",
      (broker) => ({
        signInInteractively: async (request) => changed(await broker.signInInteractively(request), { accessToken: "" }),
      }),
      "gives whole tokens for whoever signs in",
    ],
    [
      "gives another application's id token",
      (broker) => ({ signInSilently: (request) => broker.signInSilently({ ...request, clientId: "another" }) }),
      "signs in silently and gives whole tokens",
    ],
    [
      "gives another account",
      (broker) => ({
        acquireTokenSilently: async (id, request) =>
          changed(await broker.acquireTokenSilently(id, request), {
            account: { id: "other", homeAccountId: "other.t", username },
          }),
      }),
      "gives tokens for the account by the id that came with it",
    ],
    [
      "answers every call with what the first one asked",
      (broker) => {
        let first: ReturnType<Broker["acquireTokenSilently"]> | undefined;
        return { acquireTokenSilently: (id, request) => (first ??= broker.acquireTokenSilently(id, request)) };
      },
      "keeps calls at once apart",
    ],
    [
      "throws where nobody is signed in",
      (broker) => ({
        signInSilently: async (request) => {
          const answer = await broker.signInSilently(request);
          if ("status" in answer) throw new Error(answer.message);
          return answer;
        },
      }),
      "refuses to sign in silently",
    ],
    [
      "calls an account that is not there unusable",
      () => ({ acquireTokenSilently: async () => ({ status: "account_unusable", message: "" }) }),
      "says account_not_found",
    ],
    [
      "cannot sign out twice",
      (broker) => {
        let isOut = false;
        return {
          async signOut(id, call) {
            if (isOut) return { status: "failed", message: "" };
            isOut = true;
            return broker.signOut(id, call);
          },
        };
      },
      "signs the account out",
    ],
    [
      "quotes the password",
      () => ({ signInWithPassword: async ({ password }) => ({ status: "failed", message: password }) }),
      "refuses a wrong password without showing it",
    ],
    [
      "calls a closed window a failure",
      () => ({ signInInteractively: async () => ({ status: "failed", message: "" }) }),
      "says user_cancelled",
    ],
    [
      "changes the request",
      (broker) => ({
        signInSilently: (request) => broker.signInSilently(Object.assign(request, { clientId: "another" })),
      }),
      "signs in silently and gives whole tokens",
    ],
    [
      "takes no notice of an abort",
      (broker) => ({
        signInInteractively: (request) =>
          request.signal === undefined ? broker.signInInteractively(request) : new Promise(() => {}),
      }),
      "closes its window",
    ],
    [
      "begins after an abort",
      (broker) => ({
        signOut: (id, { clientId, correlationId }) => broker.signOut(id, { clientId, correlationId }),
      }),
      "rejects at once when the signal has aborted before",
    ],
  ])("%s", async (_fault, breakIt, noticed) => {
    expect(await failures(breakIt)).toContainEqual(expect.stringContaining(noticed));
  });

  it("leaves out the scenes that cannot be arranged", () => {
    const names = brokerConformance(fakeIn, { scenes: ["the user cancels"] }).map(({ name }) => name);
    expect(names).toEqual(["when the user cancels, it says user_cancelled"]);
  });
});

function changed<T extends object>(answer: T, changes: object): T {
  return { ...answer, ...changes };
}
