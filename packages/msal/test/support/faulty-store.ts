import * as fc from "fast-check";
import type { TokenStore } from "../../src/cache/token-store.ts";

/** What becomes of one call to a store. */
export interface Fate {
  /** `refused`: not done; `lost`: done, but the answer gets lost; `conflict`: not done, as if somebody was faster. */
  readonly outcome: "done" | "refused" | "lost" | "conflict";
  /** How many turns of the microtask queue go by before it is done. */
  readonly wait: number;
}

/** What may become of the calls of one node, in their order; afterwards all is well. */
export function fates(...outcomes: readonly Fate["outcome"][]): fc.Arbitrary<Fate[]> {
  const fate = fc.record({ outcome: fc.constantFrom("done", ...outcomes), wait: fc.nat(6) });
  return fc.array(fate, { maxLength: 24 });
}

/** A store that is well until it is told to fail. */
export interface FaultyStore extends TokenStore {
  fail(): void;
  heal(): void;
}

/** The same store, for one node, with one fate after the other. Locks are as they are. */
export function faultyStore(store: TokenStore, calls: readonly Fate[]): FaultyStore {
  const left: Fate[] = [];
  async function meet<T>(run: () => Promise<T>, conflict?: T): Promise<T> {
    const { outcome, wait } = left.shift() ?? { outcome: "done", wait: 0 };
    for (let turn = 0; turn < wait; turn += 1) await Promise.resolve();
    if (outcome === "refused") throw new Error("refused");
    if (outcome === "conflict" && conflict !== undefined) return conflict;
    const answer = await run();
    if (outcome === "lost") throw new Error("lost");
    return answer;
  }
  return {
    ...store,
    get: (...call) => meet(async () => store.get(...call)),
    set: (...call) => meet(async () => store.set(...call), { conflict: true }),
    delete: (...call) => meet(async () => store.delete(...call), false),
    fail: () => void left.push(...calls),
    heal: () => void left.splice(0),
  };
}
