import { afterEach, describe, expect, it, vi } from "vitest";
import { PublicClientApplication, type PublicClientApplicationOptions } from "../../src/index.ts";
import { argumentErrorOf } from "../support/thrown.ts";
import { clientId } from "../support/token-answers.ts";
import { publicApp } from "../support/apps.ts";
import { inspect } from "node:util";

function make(options: Omit<PublicClientApplicationOptions, "clientId">): PublicClientApplication {
  return new PublicClientApplication({ clientId, ...options });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("proxies and verify (B6.1)", () => {
  it.each([
    ["proxies", { https: "http://proxy.contoso.com" }],
    ["proxies", false],
    ["verify", true],
    ["verify", false],
    ["verify", "/etc/ssl/contoso.pem"],
  ])("%s: %j is refused beside a fetch of the caller's", (name, value) => {
    const error = argumentErrorOf(() => make({ fetch, [name]: value }));
    expect(error).toMatchObject({ code: "invalid_option", option: name });
    expect(error.message).toBe(
      `"${name}" must not be given together with "fetch", which connects by itself: set it up there`,
    );
  });

  it("may be undefined beside a fetch, and false without one", () => {
    const absent: object = { proxies: undefined, verify: undefined };
    expect(() => make({ fetch, ...absent })).not.toThrow();
    expect(() => make({ proxies: false, verify: true })).not.toThrow();
  });

  it("are not changed, and cannot be changed afterwards", () => {
    const proxies = Object.freeze({ https: "http://proxy.contoso.com", noProxy: Object.freeze(["contoso.com"]) });
    expect(() => make({ proxies })).not.toThrow();
  });

  it("show no password of the proxy's when the application is looked into (B4.12)", () => {
    const app = make({ proxies: { https: "http://ann:hunter2@proxy.contoso.com" } });
    expect(inspect(app, { depth: Infinity, showHidden: true })).not.toMatch(/hunter2|YW5u/);
  });
});

describe("verify: false (B6.1)", () => {
  it("is one warning in the log, with what to do instead", () => {
    const emitWarning = vi.spyOn(process, "emitWarning").mockReturnValue();
    const warn = vi.fn<(message: string) => void>();
    make({ verify: false, logger: { warn } });
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('Name the authorities to trust instead: verify: "'),
    );
    expect(emitWarning).not.toHaveBeenCalled();
  });

  it("is a warning of the process where nobody logs", () => {
    const emitWarning = vi.spyOn(process, "emitWarning").mockReturnValue();
    make({ verify: false });
    make({ verify: false, logger: { error: () => {} } });
    expect(emitWarning).toHaveBeenCalledTimes(2);
    expect(emitWarning).toHaveBeenCalledWith(expect.stringContaining('"verify: false"'), "MsalWarning");
  });

  it("is the only one to warn", () => {
    const emitWarning = vi.spyOn(process, "emitWarning").mockReturnValue();
    const { log } = publicApp();
    make({ verify: true });
    make({ verify: "/etc/ssl/contoso.pem" });
    expect(log).toEqual([]);
    expect(emitWarning).not.toHaveBeenCalled();
  });
});
