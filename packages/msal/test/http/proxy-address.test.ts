import { describe, expect, it } from "vitest";
import { readProxyAddress } from "../../src/http/proxy-address.ts";

const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;

describe("a proxy's address (B6.1)", () => {
  it.each([
    ["http://proxy.contoso.com:3128", "http://proxy.contoso.com:3128"],
    ["https://proxy.contoso.com", "https://proxy.contoso.com"],
    ["proxy.contoso.com:3128", "http://proxy.contoso.com:3128"],
    ["proxy", "http://proxy"],
    ["http://[::1]:3128/", "http://[::1]:3128"],
    ["HTTP://Proxy:80/path?query", "http://proxy"],
  ])("is read: %s", (text, url) => {
    expect(readProxyAddress(text)).toEqual({ url });
  });

  it.each([
    ["http://ann:pw@proxy:1", "ann:pw"],
    ["ann:pw@proxy:1", "ann:pw"],
    ["http://ann@proxy:1", "ann:"],
    ["http://:pw@proxy:1", ":pw"],
    ["http://ann%40contoso:p%3Aw%C3%B6rd@proxy:1", "ann@contoso:p:wörd"],
    ["http://ann:100%@proxy:1", "ann:100%"],
  ])("loses name and password to the header: %s", (text, credentials) => {
    expect(readProxyAddress(text)).toEqual({ url: "http://proxy:1", authorization: basic(credentials) });
  });

  it.each(["", "http://", "socks5://proxy:1080", "ftp://proxy", "http://proxy:99999", "a b", "://"])(
    "is none: %j",
    (text) => {
      expect(readProxyAddress(text)).toBeUndefined();
    },
  );
});
