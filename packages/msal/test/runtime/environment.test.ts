import { afterEach, describe, expect, it, vi } from "vitest";
import { environmentVariable, fetchKnowsProxies, operatingSystem } from "../../src/runtime/environment.ts";

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

describe("fetchKnowsProxies", () => {
  function withProcess(process: object | undefined): boolean {
    vi.stubGlobal("process", process);
    const knows = fetchKnowsProxies();
    vi.unstubAllGlobals();
    return knows;
  }
  const able = new Set(["--use-env-proxy"]);

  it.each([
    ["Bun", { versions: { bun: "1.3.0" } }],
    ["Deno", { versions: { deno: "2.5.0" } }],
    ["Node with the variable", { env: { NODE_USE_ENV_PROXY: "1" }, allowedNodeEnvironmentFlags: able }],
    ["Node with the option", { execArgv: ["--use-env-proxy"], allowedNodeEnvironmentFlags: able }],
    ["Node with NODE_OPTIONS", { env: { NODE_OPTIONS: "--use-env-proxy" }, allowedNodeEnvironmentFlags: able }],
  ])("is true in %s", (_, process) => {
    expect(withProcess(process)).toBe(true);
  });

  it.each([
    ["Node that is not told", { versions: { node: "24.0.0" }, env: {}, allowedNodeEnvironmentFlags: able }],
    ["Node that is too old", { env: { NODE_USE_ENV_PROXY: "1" }, allowedNodeEnvironmentFlags: new Set() }],
    ["Node with the variable off", { env: { NODE_USE_ENV_PROXY: "0" }, allowedNodeEnvironmentFlags: able }],
    ["a runtime without a process", undefined],
  ])("is false in %s", (_, process) => {
    expect(withProcess(process)).toBe(false);
  });
});
