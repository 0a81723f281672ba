import { describe, expect, it } from "vitest";
import { cloudOf } from "../../src/authority/clouds.ts";

describe("the public clouds (B1.4, B1.7)", () => {
  it.each([
    [["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"]],
    [["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"]],
    [["login.microsoftonline.us", "login.usgovcloudapi.net"]],
    [["login-us.microsoftonline.com"]],
    [["login.microsoftonline.de"]],
  ])("know each other by all names: %j", (names) => {
    for (const name of names) expect(cloudOf(name)).toEqual(names);
  });

  it.each(["login.contoso.com", "evil.login.microsoftonline.com", "microsoftonline.com", ""])(
    "do not include %j",
    (host) => expect(cloudOf(host)).toBeUndefined(),
  );
});
