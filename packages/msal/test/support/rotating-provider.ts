import { FakeProvider } from "./fake-provider.ts";
import type { ManualClock } from "./manual-clock.ts";
import { authority, refusal, type TestUser, userTokens } from "./token-answers.ts";

/** A provider whose refresh tokens are good once. */
export interface RotatingProvider {
  readonly fetch: typeof globalThis.fetch;
  /** A refresh token of a sign-in of this user. */
  signIn(user: TestUser): string;
  /** The scopes of each redemption, in the order in which they came. */
  readonly redemptions: readonly string[];
  /** Refresh tokens that came again after they had been spent: each costs a user the session. */
  readonly reused: readonly string[];
  /** How many redemptions have no answer yet. */
  readonly running: number;
  /** Holds back the answers until it resolves. */
  hold: () => Promise<unknown>;
}

/** Plays a provider that spends refresh tokens with their use, as RFC 9700 (section 4.14.2) asks for. */
export function createRotatingProvider(clock: ManualClock): RotatingProvider {
  const discovery = new FakeProvider().knows(authority);
  const issued: { readonly user: TestUser; isSpent: boolean }[] = [];
  const redemptions: string[] = [];
  const reused: string[] = [];
  let running = 0;

  const provider = {
    redemptions,
    reused,
    get running() {
      return running;
    },
    hold: (): Promise<unknown> => Promise.resolve(),
    signIn: (user: TestUser): string => `refresh-${issued.push({ user, isSpent: false }) - 1}`,
    fetch: async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
      if (init.method !== "POST" || typeof init.body !== "string") return discovery.fetch(input, init);
      const form = new URLSearchParams(init.body);
      // Spent as it arrives, whatever becomes of the answer.
      const answer = redeem(form.get("refresh_token") ?? "", form.get("scope") ?? "");
      running += 1;
      await provider.hold().finally(() => (running -= 1));
      init.signal?.throwIfAborted();
      return answer;
    },
  };
  return provider;

  function redeem(secret: string, scope: string): Response {
    const token = issued[Number(secret.slice("refresh-".length))];
    if (token === undefined) throw new Error("a refresh token that was never given");
    redemptions.push(scope.split(" ")[0] ?? "");
    if (token.isSpent) {
      reused.push(secret);
      const { json, status } = refusal("invalid_grant");
      return Response.json(json, { status });
    }
    token.isSpent = true;
    const { user } = token;
    const answer = { scope, access_token: `access-${issued.length}`, refresh_token: provider.signIn(user) };
    return Response.json(userTokens(clock, { user, ...answer }));
  }
}
