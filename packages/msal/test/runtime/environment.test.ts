import { afterEach, describe, expect, it, vi } from "vitest";
import { environmentVariable, operatingSystem } from "../../src/runtime/environment.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

describe("environmentVariable", () => {
  it("gives the value; absent and empty are undefined", () => {
    vi.stubEnv("MSAL_TS_TEST", "value");
    expect(environmentVariable("MSAL_TS_TEST")).toBe("value");
    vi.stubEnv("MSAL_TS_TEST", "");
    expect(environmentVariable("MSAL_TS_TEST")).toBeUndefined();
    vi.stubEnv("MSAL_TS_TEST", undefined);
    expect(environmentVariable("MSAL_TS_TEST")).toBeUndefined();
  });

  it("is undefined on a runtime that has no environment", () => {
    vi.stubGlobal("process", undefined);
    const value = environmentVariable("PATH");
    vi.unstubAllGlobals();
    expect(value).toBeUndefined();
  });
});

describe("operatingSystem", () => {
  it("is what Node calls it", () => {
    expect(operatingSystem()).toBe(process.platform);
  });

  it("is unknown on a runtime that does not tell", () => {
    vi.stubGlobal("process", undefined);
    const name = operatingSystem();
    vi.unstubAllGlobals();
    expect(name).toBe("unknown");
  });
});
