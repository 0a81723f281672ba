import { describe, expect, it } from "vitest";
import { mustSkip } from "../must-skip.ts";
import { hasLibraries, runProgram, runWithoutLibrary } from "./run-program.ts";

const skips = mustSkip({
  name: "What the native broker's runtime is linked with",
  isInstalled: hasLibraries(),
  install: "apt-get install libwebkit2gtk-4.1-0 libsecret-1-0",
});

describe.skipIf(skips)("B5.13 the native runtime on a machine with its libraries and without a broker", () => {
  it("loads, says that there is no broker, and the browser is shown", async () => {
    const { result, shown, log } = await runProgram({ call: "sign in" });
    expect(result).toBe("the browser was shown");
    expect(shown).toEqual(["browser"]);
    expect(log[0]).toMatch(/^Broker: none serves.*Broker cannot be initialized/);
  });

  it("answers, when it is asked all the same, that nobody is signed in", async () => {
    const { result, shown } = await runProgram({ call: "sign in silently", ignoresStartupError: true });
    expect(result).toMatchObject({ error: "interaction_required" });
    expect(result).toHaveProperty("error_description", expect.stringContaining("Default account could not be found"));
    expect(shown).toEqual([]);
  });

  it.each(["silent", "removal"] as const)("answers that it does not hold an account: %s", async (call) => {
    const { log } = await runProgram({ call, ignoresStartupError: true });
    expect(log).toContainEqual(expect.stringMatching(/refused: account_not_found/));
  });
});

// Other systems' runtimes are linked with other libraries.
describe.skipIf(process.platform !== "linux")(
  "B5.13 the native runtime on a machine without one of its libraries",
  () => {
    it("does not load, and the browser is shown", async () => {
      const { result, shown, log } = await runWithoutLibrary({ call: "sign in" });
      expect(result).toBe("the browser was shown");
      expect(shown).toEqual(["browser"]);
      expect(log[0]).toMatch(/^Broker: none serves.*Binaries could not be loaded/);
    });

    it("refuses what it is asked all the same, as an error with a code", async () => {
      const asked = runWithoutLibrary({ call: "silent", ignoresStartupError: true });
      await expect(asked).rejects.toThrow("broker_failed");
    });
  },
);
