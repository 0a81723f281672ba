import { afterEach, describe, expect, it, vi } from "vitest";
import type { BuiltInFetchOptions } from "../../src/http/built-in-fetch.ts";
import { failureReason } from "../../src/http/failure-reason.ts";
import type { Fetch } from "../../src/http/fetch.ts";
import { checkProxies } from "../../src/http/proxies.ts";

const url = "https://login.contoso.test/token";
const request = { method: "GET", headers: {}, signal: new AbortController().signal } as const;
const throughEnvironment = { HTTPS_PROXY: "http://127.0.0.1:1" };

/** With modules of its own, so that a package may be missing. */
async function setup(options: Partial<BuiltInFetchOptions> = {}, variables: Readonly<Record<string, string>> = {}) {
  const log: string[] = [];
  const platform = vi.fn<Fetch>(async () => new Response("of the platform"));
  const environment = vi.fn<BuiltInFetchOptions["environment"]>((name) => variables[name]);
  vi.resetModules();
  const { createBuiltInFetch } = await import("../../src/http/built-in-fetch.ts");
  const fetch = createBuiltInFetch({
    platform,
    platformKnowsProxies: () => false,
    proxies: undefined,
    verify: true,
    environment,
    logger: { warn: (line) => void log.push(line) },
    ...options,
  });
  return { log, platform, environment, fetch };
}

function withoutUndici(): void {
  vi.doMock("undici", () => {
    throw new Error("Cannot find package 'undici'");
  });
}

afterEach(() => {
  vi.doUnmock("undici");
});

describe("the platform's fetch does, without undici (B6.1)", () => {
  it.each<[string, Partial<BuiltInFetchOptions>, Readonly<Record<string, string>>]>([
    ["nothing is set", {}, {}],
    ["the environment's proxy spares the host", {}, { ...throughEnvironment, NO_PROXY: "contoso.test" }],
    ["no proxy is wished", { proxies: false }, throughEnvironment],
    ["the proxies spare the host", { proxies: checkProxies({ http: "http://proxy" }) }, throughEnvironment],
    ["it goes by the environment itself", { platformKnowsProxies: () => true }, throughEnvironment],
  ])("where %s", async (_, options, variables) => {
    withoutUndici();
    const { fetch, platform, log } = await setup(options, variables);
    expect(await (await fetch(url, request)).text()).toBe("of the platform");
    expect(platform).toHaveBeenCalledExactlyOnceWith(url, request);
    expect(log).toEqual([]);
  });

  it("and the environment is not asked before the first request, nor again after it", async () => {
    const { fetch, environment } = await setup();
    expect(environment).not.toHaveBeenCalled();
    await fetch(url, request);
    const asked = environment.mock.calls.length;
    await fetch(url, request);
    expect(environment).toHaveBeenCalledTimes(asked);
  });
});

describe("undici is needed (B6.1)", () => {
  it.each<[string, Partial<BuiltInFetchOptions>]>([
    ["proxies", { proxies: checkProxies({ https: "http://proxy" }) }],
    ["verify: false", { verify: false }],
    ["authorities in verify", { verify: "/some/file" }],
    ["proxies: false where the platform's fetch has its own", { proxies: false, platformKnowsProxies: () => true }],
  ])("for %s, and the error names the command that installs it", async (_, options) => {
    withoutUndici();
    const { fetch, platform } = await setup(options);
    await expect(fetch(url, request)).rejects.toMatchObject({
      code: "dependency_missing",
      message: expect.stringContaining("npm install undici@7") as string,
    });
    expect(platform).not.toHaveBeenCalled();
  });

  it("for a proxy of the environment, but without it the request goes out all the same, with one warning", async () => {
    withoutUndici();
    const { fetch, platform, log } = await setup({}, throughEnvironment);
    for (let call = 0; call < 2; call += 1) {
      expect(await (await fetch(url, request)).text()).toBe("of the platform");
    }
    expect(platform).toHaveBeenCalledTimes(2);
    expect(log).toEqual([expect.stringContaining("npm install undici@7")]);
  });

  it("for a proxy of the environment, which a request that fails without it says", async () => {
    withoutUndici();
    const platform = vi.fn<Fetch>(() => Promise.reject(new TypeError("fetch failed")));
    const { fetch } = await setup({ platform }, throughEnvironment);
    const error: unknown = await fetch(url, request).catch((reason: unknown) => reason);
    expect(failureReason(error)).toContain("the environment names a proxy");
    expect(failureReason(error)).toContain("npm install undici@7");
  });

  it("but a fault in verify is told as it is, and mended without a new application", async () => {
    const { fetch } = await setup({ verify: "/no/such/file" });
    const failing = (): Promise<unknown> => fetch(url, request).catch((reason: unknown) => reason);
    const first = await failing();
    expect(first).toMatchObject({ code: "invalid_authorities" });
    expect(await failing()).not.toBe(first);
  });
});
