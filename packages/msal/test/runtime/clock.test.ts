import { describe, expect, it } from "vitest";
import { epochSeconds, sleep, systemClock } from "../../src/runtime/clock.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { msalErrorFrom } from "../support/thrown.ts";

describe("systemClock", () => {
  it("tells the system's time", () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it("calls back once the time is up", async () => {
    await new Promise<void>((resolve) => void systemClock.after(0, resolve, { keepAlive: true }));
    expect.assertions(0);
  });

  it("holds the process for a wait, and not for a time limit", () => {
    const active = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = active();
    const cancelLimit = systemClock.after(60_000, fail);
    expect(active()).toBe(before);
    const cancelWait = systemClock.after(60_000, fail, { keepAlive: true });
    expect(active()).toBe(before + 1);
    cancelLimit();
    cancelWait();
    expect(active()).toBe(before);
  });

  it("does not call back after it was cancelled", async () => {
    const called: string[] = [];
    const cancel = systemClock.after(0, () => called.push("cancelled"), { keepAlive: true });
    cancel();
    await new Promise<void>((resolve) => void systemClock.after(2, resolve, { keepAlive: true }));
    expect(called).toEqual([]);
  });
});

describe("epochSeconds", () => {
  it("gives whole seconds", () => {
    expect(epochSeconds(new ManualClock(1999))).toBe(1);
  });
});

describe("sleep", () => {
  it("ends when the time is up and not before", async () => {
    const clock = new ManualClock();
    const done: string[] = [];
    const sleeping = sleep(clock, 1000).then(() => done.push("done"));
    clock.advance(999);
    await Promise.resolve();
    expect(done).toEqual([]);
    clock.advance(1);
    await sleeping;
    expect(done).toEqual(["done"]);
  });

  it("rejects at once when the signal has aborted, and sets no timer", async () => {
    const clock = new ManualClock();
    const error = await msalErrorFrom(sleep(clock, 1000, AbortSignal.abort("enough")));
    expect(error).toMatchObject({ code: "aborted", cause: "enough" });
    expect(clock.pending).toBe(0);
  });

  it("rejects as soon as the signal aborts, and takes its timer back", async () => {
    const clock = new ManualClock();
    const controller = new AbortController();
    const sleeping = msalErrorFrom(sleep(clock, 1000, controller.signal));
    expect(clock.pending).toBe(1);
    controller.abort("enough");
    expect(await sleeping).toMatchObject({ code: "aborted", cause: "enough" });
    expect(clock.pending).toBe(0);
  });

  it("leaves no listener on the signal once it is over", async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    const add = signal.addEventListener.bind(signal);
    signal.addEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
      listeners.add(listener);
      add(type, listener);
    };
    signal.removeEventListener = (_: string, listener: EventListenerOrEventListenerObject) => {
      listeners.delete(listener);
    };
    const sleeping = sleep(clock, 1000, signal);
    expect(listeners.size).toBe(1);
    clock.advance(1000);
    await sleeping;
    expect(listeners.size).toBe(0);
  });
});

function fail(): never {
  throw new Error("A timer of a minute fired.");
}
