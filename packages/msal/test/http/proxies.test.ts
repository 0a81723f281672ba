import { describe, expect, it } from "vitest";
import { checkProxies, proxyFor } from "../../src/http/proxies.ts";
import { argumentErrorOf } from "../support/thrown.ts";

describe("the option proxies (B6.1)", () => {
  it("names a proxy by the scheme of the address that is asked", () => {
    const proxies = checkProxies({ http: "http://one:1", https: "http://two:2" });
    expect(proxyFor("http://contoso.com", proxies)?.url).toBe("http://one:1");
    expect(proxyFor("https://contoso.com", proxies)?.url).toBe("http://two:2");
    expect(proxyFor("http://contoso.com", checkProxies({ https: "http://two:2" }))).toBeUndefined();
  });

  it.each(["a.example, b.example", ["a.example", "b.example"], ["a.example,b.example"]])(
    "names exceptions as %j",
    (noProxy) => {
      const proxies = checkProxies({ https: "proxy:1", noProxy });
      expect(proxyFor("https://login.b.example", proxies)).toBeUndefined();
      expect(proxyFor("https://c.example", proxies)?.url).toBe("http://proxy:1");
    },
  );

  it.each([
    [[], "must be false, or an object"],
    [{ HTTPS: "http://proxy" }, "must be false, or an object"],
    [{ no_proxy: "contoso.com" }, "must be false, or an object"],
    [{ https: "socks5://ann:hunter2@proxy" }, 'has no address of an HTTP proxy as "https"'],
    [{ http: 7 }, 'has no address of an HTTP proxy as "http"'],
    [{ noProxy: 7 }, 'has a "noProxy" that is no text'],
    [{ noProxy: [7] }, 'has a "noProxy" that is no text'],
  ])("refuses %j, and quotes no password", (value, message) => {
    const error = argumentErrorOf(() => checkProxies(value));
    expect(error).toMatchObject({ option: "proxies", code: "invalid_option" });
    expect(error.message).toContain(`"proxies" ${message}`);
    expect(error.message).not.toContain("hunter2");
  });
});
