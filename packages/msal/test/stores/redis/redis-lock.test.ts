import { describe, expect, it } from "vitest";
import type { Clock } from "../../../src/runtime/clock.ts";
import type { Script } from "../../../src/stores/redis/client.ts";
import { withRedisLock } from "../../../src/stores/redis/redis-lock.ts";
import { LOCK, UNLOCK } from "../../../src/stores/redis/scripts.ts";
import { eventually } from "../../support/eventually.ts";
import { ManualClock } from "../../support/manual-clock.ts";

const lifetime = 9000;

/** Runs scripts as Redis would that has one client, which can be unreachable. */
function redis(): {
  readonly run: (script: Script) => Promise<unknown>;
  answer: () => Promise<unknown>;
  locks: number;
} {
  const state = {
    answer: (): Promise<unknown> => Promise.resolve(1),
    locks: 0,
    run(script: Script): Promise<unknown> {
      if (script === UNLOCK) return Promise.resolve(1);
      if (script !== LOCK) throw new Error("no script of a lock");
      state.locks += 1;
      return state.answer();
    },
  };
  return state;
}

/** Holds the lock over such steps; gives whether it was lost after each. */
async function hold(clock: ManualClock, server: ReturnType<typeof redis>, steps: (() => void)[]): Promise<boolean[]> {
  return withRedisLock({ clock, run: server.run, lifetime }, async (lost) => {
    const seen: boolean[] = [];
    for (const step of steps) {
      const { locks } = server;
      step();
      clock.advance(lifetime / 3);
      // The answer has come when the next renewal waits, or nothing does.
      await eventually(() => expect(lost.aborted || (server.locks > locks && clock.pending > 0)).toBe(true));
      seen.push(lost.aborted);
    }
    return seen;
  });
}

describe("withRedisLock", () => {
  it("keeps the lock over a failure that is shorter than its life", async () => {
    const clock = new ManualClock();
    const server = redis();
    const fails = (): void => void (server.answer = () => Promise.reject(new Error("connection lost")));
    const answers = (): void => void (server.answer = () => Promise.resolve(1));
    expect(await hold(clock, server, [fails, answers, fails, answers])).toEqual([false, false, false, false]);
    expect(clock.pending).toBe(0);
  });

  it("tells the holder when nobody could be reached for its whole life", async () => {
    const server = redis();
    const fails = (): void => void (server.answer = () => Promise.reject(new Error("connection lost")));
    expect(await hold(new ManualClock(), server, [fails, fails, fails])).toEqual([false, false, true]);
  });

  it("tells the holder when somebody else has it", async () => {
    const server = redis();
    expect(await hold(new ManualClock(), server, [() => (server.answer = () => Promise.resolve(0))])).toEqual([true]);
  });

  it("tells a process that stood still for longer, before it reads an answer", async () => {
    const timers = new ManualClock();
    const server = redis();
    let stoodStill = 0;
    const clock: Clock = { now: () => timers.now() + stoodStill, after: (...args) => timers.after(...args) };
    await withRedisLock({ clock, run: server.run, lifetime }, (lost) => {
      stoodStill = lifetime;
      timers.advance(lifetime / 3);
      expect(lost.aborted).toBe(true);
      expect(server.locks).toBe(1);
      return Promise.resolve();
    });
  });

  it("gives a lock back that came too late, so that nobody waits for one who has left", async () => {
    const names = new Map([
      [LOCK, "lock"],
      [UNLOCK, "unlock"],
    ]);
    const asked: (string | undefined)[] = [];
    const holders = new Set<string | undefined>();
    const run = (script: Script, holder?: string): Promise<unknown> => {
      asked.push(names.get(script));
      holders.add(holder);
      return Promise.reject(new Error("no answer within 1000 ms"));
    };
    const parts = { clock: new ManualClock(), run, lifetime };
    await expect(withRedisLock(parts, () => Promise.reject(new Error("never runs")))).rejects.toThrow("no answer");
    expect(asked).toEqual(["lock", "unlock"]);
    expect(holders.size).toBe(1);
  });
});
