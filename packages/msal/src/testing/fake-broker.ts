import type { Broker, BrokerAnswer, BrokerCall, BrokerRefusal, BrokerRequest, BrokerStatus } from "../broker/broker.ts";
import { type Clock, epochSeconds, systemClock } from "../runtime/clock.ts";
import { type FakeAccount, fakeAccount, type FakeBrokerUser, fakeTokens, isCalled } from "./fake-account.ts";

/** What {@link createFakeBroker} takes. */
export interface FakeBrokerOptions {
  /** Whom the operating system knows. Default: nobody. */
  users?: readonly FakeBrokerUser[];
  /** Who is signed in to the operating system, by user name. Default: nobody. */
  defaultUser?: string | undefined;
  /**
   * What becomes of a window: somebody signs in (the one expected, else the first of `users`), cancels, or leaves it
   * open. Default: `signed in`.
   */
  window?: "signed in" | "cancelled" | "open";
  /** Where the time comes from; give the application the same one. Default: the system. */
  clock?: Clock;
}

/** A call that a fake broker got. */
export interface FakeBrokerCall {
  readonly method: keyof Broker;
  /** The request, with all that belongs to its method. */
  readonly request: BrokerCall;
  /** Of the methods that take one. */
  readonly accountId?: string;
}

/** A broker in memory, for tests of applications. */
export interface FakeBroker extends Broker {
  /** Every call, in order. */
  readonly calls: readonly FakeBrokerCall[];
  /** Refuses the next call, whatever it is. Twice makes it two. */
  refuseNext(status: BrokerStatus, message?: string): void;
}

/** When those who need no window have typed a credential. Seconds before now. */
const signedInAgo = 86_400;

/**
 * Makes a broker in memory, whose tokens no provider knows. The methods keep the contract of {@link Broker}: an
 * application under test sees with it what it would see on a desktop with a broker.
 *
 * @example
 *
 * ```ts
 * import { CONSOLE_WINDOW_HANDLE, PublicClientApplication } from "msal-ts";
 * import { createFakeBroker } from "msal-ts/testing";
 *
 * const broker = createFakeBroker({
 *   users: [{ username: "alice@contoso.com" }],
 *   defaultUser: "alice@contoso.com",
 * });
 * const app = new PublicClientApplication({
 *   clientId: "00000000-0000-0000-0000-000000000000",
 *   allowBroker: true,
 *   broker,
 * });
 * await app.acquireTokenInteractive(["User.Read"], { parentWindowHandle: CONSOLE_WINDOW_HANDLE });
 * console.log(broker.calls.map(({ method }) => method)); // ["signInSilently"]: no window was needed
 * ```
 */
export function createFakeBroker(options: FakeBrokerOptions = {}): FakeBroker {
  const { defaultUser, window = "signed in", clock = systemClock } = options;
  const accounts = (options.users ?? []).map(fakeAccount);
  const calls: FakeBrokerCall[] = [];
  const refusals: BrokerRefusal[] = [];
  const signedOut = new Set<string>();
  let number = 0;

  /** Notes the call, and gives what was arranged for it. */
  async function serve<T>(call: FakeBrokerCall, answer: () => T | Promise<T>): Promise<T | BrokerRefusal> {
    call.request.signal?.throwIfAborted();
    calls.push(call);
    return refusals.shift() ?? answer();
  }

  function signIn(account: FakeAccount, request: BrokerRequest, ago: number): BrokerAnswer {
    signedOut.delete(account.accountId);
    number += 1;
    return fakeTokens(account, request, { number, authTime: epochSeconds(clock) - ago, clock });
  }

  return {
    calls,
    refuseNext: (status, message = "As the test arranged.") => void refusals.push({ status, message }),

    signInSilently: (request) =>
      serve({ method: "signInSilently", request }, () => {
        const account = accounts.find(isCalled(defaultUser));
        if (account !== undefined && !signedOut.has(account.accountId)) return signIn(account, request, signedInAgo);
        return refused("interaction_required", "Nobody is signed in.");
      }),

    signInInteractively: (request) =>
      serve<BrokerAnswer>({ method: "signInInteractively", request }, () => {
        if (window === "open") return untilAborted(request.signal);
        const account = accounts.find(isCalled(request.loginHint)) ?? accounts[0];
        if (window === "signed in" && account !== undefined) return signIn(account, request, 0);
        return refused("user_cancelled", "The window was closed.");
      }),

    signInWithPassword: (request) =>
      serve({ method: "signInWithPassword", request }, () => {
        const account = accounts.find(isCalled(request.username));
        if (account !== undefined && account.password === request.password) return signIn(account, request, 0);
        return refused("interaction_required", "The name or the password is wrong.");
      }),

    acquireTokenSilently: (accountId, request) =>
      serve({ method: "acquireTokenSilently", request, accountId }, () => {
        const account = accounts.find((known) => known.accountId === accountId);
        if (account !== undefined && !signedOut.has(accountId)) return signIn(account, request, signedInAgo);
        return refused("account_not_found", "There is no such account.");
      }),

    signOut: (accountId, request) =>
      serve({ method: "signOut", request, accountId }, () => {
        signedOut.add(accountId);
        return undefined;
      }),
  };
}

function refused(status: BrokerStatus, message: string): BrokerRefusal {
  return { status, message };
}

function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
