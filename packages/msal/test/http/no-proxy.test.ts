import { describe, expect, it } from "vitest";
import { isExempt, splitNoProxy } from "../../src/http/no-proxy.ts";

const exempts = (entry: string, address: string): boolean => isExempt(new URL(address), [entry]);

describe("an exception from the proxy (B6.1)", () => {
  it.each([
    ["contoso.com", "https://contoso.com/token"],
    ["contoso.com", "https://login.contoso.com"],
    [".contoso.com", "https://login.contoso.com"],
    [".contoso.com", "https://contoso.com"],
    ["*.contoso.com", "https://a.b.contoso.com"],
    ["CONTOSO.com", "https://Login.Contoso.COM"],
    ["*", "https://anything.example"],
    ["contoso.com:8443", "https://contoso.com:8443"],
    ["contoso.com:443", "https://contoso.com"],
    ["contoso.com:80", "http://contoso.com"],
    ["10.1.2.3", "https://10.1.2.3"],
    ["10.0.0.0/8", "https://10.255.0.1"],
    ["10.1.2.0/24", "https://10.1.2.255"],
    ["10.1.2.3/32", "https://10.1.2.3"],
    ["0.0.0.0/0", "https://200.1.2.3"],
    ["192.168.0.0/16:8080", "http://192.168.7.7:8080"],
    ["::1", "http://[::1]:5000"],
    ["[::1]", "http://[::1]"],
    ["[::1]:5000", "http://[::1]:5000"],
  ])("%s holds for %s", (entry, address) => {
    expect(exempts(entry, address)).toBe(true);
  });

  it.each([
    ["contoso.com", "https://notcontoso.com"],
    ["contoso.com", "https://contoso.com.evil.example"],
    ["login.contoso.com", "https://contoso.com"],
    ["contoso.com:8443", "https://contoso.com"],
    ["contoso.com:443", "http://contoso.com"],
    ["0.0.1", "https://127.0.0.1"],
    ["0.0.0.1", "https://10.0.0.0.1.example"],
    ["10.0.0.0/8", "https://11.0.0.1"],
    ["10.1.2.0/24", "https://10.1.3.0"],
    ["10.0.0.0/33", "https://10.0.0.1"],
    ["10.0.0.0/8", "https://ten.example"],
    ["300.0.0.0/8", "https://10.0.0.1"],
    ["::1", "http://[::2]"],
    ["[::1]:5000", "http://[::1]:5001"],
    ["", "https://contoso.com"],
    [".", "https://contoso.com"],
  ])("%s does not hold for %s", (entry, address) => {
    expect(exempts(entry, address)).toBe(false);
  });

  it("is any of those in the list", () => {
    expect(isExempt(new URL("https://b.example"), ["a.example", "b.example"])).toBe(true);
    expect(isExempt(new URL("https://b.example"), [])).toBe(false);
  });

  it("is separated from the next by commas and blanks", () => {
    expect(splitNoProxy(" a.example,b.example , c.example\td.example,")).toEqual([
      "a.example",
      "b.example",
      "c.example",
      "d.example",
    ]);
    expect(splitNoProxy("")).toEqual([]);
  });
});
