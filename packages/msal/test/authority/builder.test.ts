import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { AuthorityBuilder, AZURE_CHINA, AZURE_PUBLIC, AZURE_US_GOVERNMENT } from "../../src/authority/builder.ts";
import { cloudOf } from "../../src/authority/clouds.ts";
import { parseAuthority } from "../../src/authority/parse.ts";

describe("AuthorityBuilder (B1.3)", () => {
  it.each([
    [AZURE_PUBLIC, "common", "https://login.microsoftonline.com/common"],
    [AZURE_US_GOVERNMENT, "/contoso.us/", "https://login.microsoftonline.us/contoso.us"],
    [`${AZURE_CHINA}//`, "contoso.cn", "https://login.chinacloudapi.cn/contoso.cn"],
    ["https://login.contoso.com/", "tenant", "https://login.contoso.com/tenant"],
    ["http://localhost:5000", "tenant", "http://localhost:5000/tenant"],
  ])("joins %s and %s", (instance, tenant, url) => {
    const builder = new AuthorityBuilder(instance, tenant);
    expect(String(builder)).toBe(url);
    expect(parseAuthority(String(builder)).url).toBe(url);
  });

  it.each(["", " ", "///", undefined, null, 42])("refuses %j for either part, by name and with an example", (bad) => {
    const part = bad as string;
    expect(() => new AuthorityBuilder(part, "common")).toThrow(
      expect.objectContaining({
        code: "invalid_authority",
        message: '"instance" must be a non-empty string, such as "login.microsoftonline.com"',
      }),
    );
    expect(() => new AuthorityBuilder(AZURE_PUBLIC, part)).toThrow(
      expect.objectContaining({
        code: "invalid_authority",
        message: '"tenant" must be a non-empty string, such as "contoso.onmicrosoft.com"',
      }),
    );
  });

  it("keeps its parts to itself", () => {
    expect(inspect(new AuthorityBuilder(AZURE_PUBLIC, "common"))).toBe("AuthorityBuilder {}");
  });

  it("names hosts that the library knows (B1.4)", () => {
    for (const host of [AZURE_PUBLIC, AZURE_US_GOVERNMENT, AZURE_CHINA]) expect(cloudOf(host)).toContain(host);
  });
});
