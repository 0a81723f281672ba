import { expect, it } from "vitest";
import { parseAuthority } from "../../src/authority/parse.ts";
import { hostOfRegions } from "../../src/authority/regional-host.ts";

it.each([
  ["https://login.microsoftonline.com/contoso", "login.microsoft.com"],
  ["https://login.microsoft.com/contoso", "login.microsoft.com"],
  ["https://login.windows.net/contoso", "login.microsoft.com"],
  ["https://sts.windows.net/contoso", "login.microsoft.com"],
  ["https://login.microsoftonline.us/contoso", "login.microsoftonline.us"],
  ["https://login.partner.microsoftonline.cn/contoso", "login.partner.microsoftonline.cn"],
  ["https://login.contoso.example:8443/contoso", "login.contoso.example:8443"],
  ["https://login.contoso.example/adfs", undefined],
  ["https://contoso.b2clogin.com/contoso/b2c_1", undefined],
  ["https://contoso.ciamlogin.com", undefined],
  ["http://localhost:8080/contoso", undefined],
  ["https://127.0.0.1/contoso", undefined],
  ["https://10.0.0.1/contoso", undefined],
  ["https://[fd00::1]/contoso", undefined],
])("the regions of %s are under %s (B1.8)", (authority, host) => {
  expect(hostOfRegions(parseAuthority(authority))).toBe(host);
});
