import { describe, expect, it } from "vitest";
import { loadNativeBroker } from "../../src/broker/native-runtime.ts";
import { FakeRuntime, nativeError } from "./fake-runtime.ts";

describe("B5.13 the native broker", () => {
  it("is there when the runtime has no StartupError", async () => {
    const { runtime } = new FakeRuntime();
    expect(await loadNativeBroker(async () => ({ msalNodeRuntime: runtime }))).toHaveProperty("signInSilently");
  });

  it("is not there when it has one, and the reason is given", async () => {
    const { runtime } = new FakeRuntime();
    const msalNodeRuntime = Object.assign(runtime, { StartupError: nativeError(6) });
    const reason = "@azure/msal-node-runtime cannot serve: the context (status 6, error -1, tag 42)";
    expect(await loadNativeBroker(async () => ({ msalNodeRuntime }))).toBe(reason);
  });

  it("is not there without the package, and the reason says how to get it", async () => {
    const missing = new Error("Cannot find package '@azure/msal-node-runtime'");
    const reason = await loadNativeBroker(() => Promise.reject(missing));
    expect(reason).toMatch(/npm install @azure\/msal-node-runtime.*Cannot find package/);
  });
});
