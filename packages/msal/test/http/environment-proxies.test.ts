import { describe, expect, it } from "vitest";
import { environmentProxies } from "../../src/http/environment-proxies.ts";
import { proxyFor } from "../../src/http/proxies.ts";

function through(variables: Readonly<Record<string, string>>, log: string[] = []) {
  const proxies = environmentProxies((name) => variables[name], { warn: (line) => void log.push(line) });
  return (address: string): string | undefined => proxyFor(address, proxies)?.url;
}

describe("the environment's proxies (B6.1)", () => {
  it("are those of HTTPS_PROXY and HTTP_PROXY, each for its own scheme", () => {
    const proxy = through({ HTTPS_PROXY: "http://one:1", HTTP_PROXY: "two:2" });
    expect([proxy("https://a.example"), proxy("http://a.example")]).toEqual(["http://one:1", "http://two:2"]);
  });

  it("are that of ALL_PROXY where a scheme has none of its own", () => {
    const proxy = through({ ALL_PROXY: "http://all:1", https_proxy: "http://one:1" });
    expect([proxy("https://a.example"), proxy("http://a.example")]).toEqual(["http://one:1", "http://all:1"]);
  });

  it("are written in small letters or capitals, and the small ones win", () => {
    const proxy = through({ https_proxy: "http://small:1", HTTPS_PROXY: "http://capital:1" });
    expect(proxy("https://a.example")).toBe("http://small:1");
  });

  it("do not hold for NO_PROXY, nor for what is near", () => {
    const proxy = through({ ALL_PROXY: "http://all:1", NO_PROXY: "contoso.com,10.0.0.0/8" });
    const spared = [
      "https://login.contoso.com",
      "https://10.1.1.1",
      "http://localhost:5000",
      "http://127.0.0.1:5000",
      "http://[::1]:5000",
      "http://169.254.169.254/metadata/instance",
    ];
    expect(spared.map((address) => proxy(address))).toEqual(spared.map(() => undefined));
    expect(proxy("https://login.microsoftonline.com")).toBe("http://all:1");
  });

  it("are none where nothing is set", () => {
    expect(through({})("https://a.example")).toBeUndefined();
  });

  it("are not what a visitor of a CGI server wishes (CVE-2016-5385)", () => {
    const visitor = { REQUEST_METHOD: "GET", HTTP_PROXY: "http://evil:1" };
    expect(through(visitor)("http://a.example")).toBeUndefined();
    expect(through({ ...visitor, http_proxy: "http://good:1" })("http://a.example")).toBe("http://good:1");
    expect(through({ ...visitor, HTTPS_PROXY: "http://good:1" })("https://a.example")).toBe("http://good:1");
  });

  it("are passed over with a warning where they speak something else, and the warning does not quote", () => {
    const log: string[] = [];
    expect(through({ all_proxy: "socks5://ann:hunter2@proxy:1" }, log)("https://a.example")).toBeUndefined();
    expect(log).toEqual(["The environment's all_proxy is no address of an HTTP proxy, and goes unused."]);
  });
});
