import { afterEach, describe, expect, it, vi } from "vitest";
import { announceSkip, mustSkip } from "./must-skip.ts";

const judge = { name: "A judge", isInstalled: false, install: "apt-get install judge" };
const warn = vi.spyOn(console, "warn").mockReturnValue();

afterEach(() => {
  warn.mockClear();
  vi.unstubAllEnvs();
});

describe("a suite whose judge is not installed", () => {
  it("is skipped with a visible line that says what to install", () => {
    vi.stubEnv("CI", "");
    expect(mustSkip(judge)).toBe(true);
    expect(warn).toHaveBeenCalledExactlyOnceWith("SKIPPED: A judge is not installed. Run: apt-get install judge");
  });

  it("fails in CI", () => {
    vi.stubEnv("CI", "true");
    expect(() => mustSkip(judge)).toThrow("apt-get install judge");
  });

  it("runs with it, in silence", () => {
    vi.stubEnv("CI", "true");
    expect(mustSkip({ ...judge, isInstalled: true })).toBe(false);
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("a test that this machine cannot run", () => {
  it("is skipped with a visible line that says why", () => {
    vi.stubEnv("CI", "");
    announceSkip("Port 443 is taken.");
    expect(warn).toHaveBeenCalledExactlyOnceWith("SKIPPED: Port 443 is taken.");
  });

  it("fails in CI", () => {
    vi.stubEnv("CI", "true");
    expect(() => announceSkip("Port 443 is taken.")).toThrow("Port 443 is taken.");
  });
});
