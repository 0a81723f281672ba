import { afterEach, describe, expect, it, vi } from "vitest";
import { whileBusy } from "../../../src/stores/file/while-busy.ts";
import { ManualClock } from "../../support/manual-clock.ts";

const platform = Object.getOwnPropertyDescriptor(process, "platform");

function onWindows(): void {
  Object.defineProperty(process, "platform", { value: "win32", configurable: true });
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe("whileBusy", () => {
  const clock = (): ManualClock => new ManualClock(0, { autoAdvancing: true });

  afterEach(() => void (platform && Object.defineProperty(process, "platform", platform)));

  it.each(["EPERM", "EACCES", "EBUSY"])("tries again on Windows after %s", async (code) => {
    onWindows();
    const work = vi.fn<() => Promise<string>>().mockResolvedValue("done");
    work.mockRejectedValueOnce(refusal(code)).mockRejectedValueOnce(refusal(code));
    expect(await whileBusy(clock(), work)).toBe("done");
    expect(work).toHaveBeenCalledTimes(3);
  });

  it("gives up after two seconds", async () => {
    onWindows();
    const time = clock();
    await expect(whileBusy(time, () => Promise.reject(refusal("EPERM")))).rejects.toThrow("EPERM");
    expect(time.now()).toBe(1980);
  });

  it("takes any other failure, and any on another system, for what it is", async () => {
    const work = vi.fn<() => Promise<string>>().mockRejectedValue(refusal("EPERM"));
    Object.defineProperty(process, "platform", { value: "linux", configurable: true });
    await expect(whileBusy(clock(), work)).rejects.toThrow("EPERM");
    onWindows();
    work.mockRejectedValue(refusal("ENOSPC"));
    await expect(whileBusy(clock(), work)).rejects.toThrow("ENOSPC");
    expect(work).toHaveBeenCalledTimes(2);
  });
});
