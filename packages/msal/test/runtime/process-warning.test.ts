import { afterEach, expect, it, vi } from "vitest";
import { processWarning } from "../../src/runtime/process-warning.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it("a warning is the process's, by its own name", () => {
  const emitWarning = vi.spyOn(process, "emitWarning").mockReturnValue();
  processWarning("look out");
  expect(emitWarning).toHaveBeenCalledExactlyOnceWith("look out", "MsalWarning");
});

it("a warning goes to the console where there is no process", () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  vi.stubGlobal("process", undefined);
  processWarning("look out");
  vi.unstubAllGlobals();
  expect(warn).toHaveBeenCalledExactlyOnceWith("look out");
});
