import { describe, expect, it, vi } from "vitest";
import { untilAborted } from "../../src/runtime/until-aborted.ts";
import { failureOf } from "../credential/proof.ts";

describe("untilAborted", () => {
  it("gives what the work gives, and lets go of the signal", async () => {
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, "removeEventListener");
    const add = vi.spyOn(signal, "addEventListener");
    expect(await untilAborted(() => Promise.resolve(5), signal)).toBe(5);
    expect(await failureOf(untilAborted(() => Promise.reject(new Error("no")), signal))).toMatchObject({
      message: "no",
    });
    expect(remove.mock.calls).toEqual(add.mock.calls.map(([type, listener]) => [type, listener]));
    expect(add).toHaveBeenCalledTimes(2);
  });

  it("leaves no rejection unhandled when the work fails after the abort", async () => {
    const unhandled = vi.fn<() => void>();
    process.on("unhandledRejection", unhandled);
    const controller = new AbortController();
    let fail = (): void => {};
    const work = new Promise<void>((_resolve, reject) => (fail = () => reject(new Error("late"))));
    const waiting = failureOf(untilAborted(() => work, controller.signal));
    controller.abort();
    expect(await waiting).toMatchObject({ code: "aborted" });
    fail();
    await new Promise(setImmediate);
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
