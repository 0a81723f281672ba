import { describe, expect, it } from "vitest";
import { sleep } from "../../src/runtime/clock.ts";
import { ManualClock } from "./manual-clock.ts";

describe("ManualClock", () => {
  it("runs what is due in order, each at its own time", () => {
    const clock = new ManualClock(1_000);
    const seen: string[] = [];
    clock.after(20, () => seen.push(`b${clock.now()}`));
    clock.after(10, () => {
      seen.push(`a${clock.now()}`);
      clock.after(5, () => seen.push(`nested${clock.now()}`));
    });
    clock.after(31, () => seen.push("late"));
    clock.advance(30);
    expect(seen).toEqual(["a1010", "nested1015", "b1020"]);
    expect(clock.now()).toBe(1_030);
    expect(clock.pending).toBe(1);
  });

  it("forgets a cancelled timer", () => {
    const clock = new ManualClock();
    const cancel = clock.after(10, () => expect.unreachable());
    cancel();
    expect(clock.pending).toBe(0);
    clock.advance(10);
  });

  it("jumps to awaited timers when it advances by itself, and leaves guards alone", async () => {
    const clock = new ManualClock(0, { autoAdvancing: true });
    clock.after(60_000, () => expect.unreachable());
    for (let turn = 0; turn < 3; turn++) await sleep(clock, 5_000);
    expect(clock.now()).toBe(15_000);
    expect(clock.pending).toBe(1);
  });

  it("does not move for a timer that was cancelled meanwhile", async () => {
    const clock = new ManualClock(0, { autoAdvancing: true });
    const controller = new AbortController();
    const wait = sleep(clock, 5_000, controller.signal);
    controller.abort();
    await expect(wait).rejects.toMatchObject({ code: "aborted" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(clock.now()).toBe(0);
  });
});
