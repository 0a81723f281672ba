import { describe, expect, it } from "vitest";
import { parseAuthority, parseOidcAuthority } from "../../src/authority/parse.ts";
import { isIssuerOf } from "../../src/authority/issuer-rule.ts";
import { checkConfiguredIssuer } from "../../src/authority/issuer-check.ts";
import { MsalError } from "../../src/error/msal-error.ts";
import type { Authority } from "../../src/authority/authority.ts";

const id = "6babcaad-604b-40ac-a9d7-9fd97c0b779f";
const other = "11111111-1111-4111-8111-111111111111";

/** An authority whose token endpoint names its tenant by the id, and whose host has one more name. */
const ownerOf = (authority: Authority, realm = id) => ({
  authority,
  realm,
  environments: [authority.environment, "sts.contoso.example"],
});
const fits = (authority: string, issuer: string): boolean => isIssuerOf(issuer, ownerOf(parseAuthority(authority)));

describe("B5.3 an issuer of Entra ID", () => {
  const authority = "https://login.microsoftonline.com/contoso.com";

  it.each([
    [authority, `https://login.microsoftonline.com/${id}/v2.0`],
    [authority, `https://LOGIN.microsoftonline.com/${id.toUpperCase()}/v2.0/`],
    [authority, `https://sts.windows.net/${id}/`],
    ["https://login.windows.net/common", "https://login.microsoftonline.com/{tenantid}/v2.0"],
    ["https://login.chinacloudapi.cn/contoso.cn", `https://login.partner.microsoftonline.cn/${id}/v2.0`],
    ["https://login.usgovcloudapi.net/contoso.us", `https://login.microsoftonline.us/${id}/v2.0`],
    ["https://login.contoso.example/t", `https://sts.contoso.example/${id}/v2.0`],
    ["http://localhost:5000/t", `http://localhost:5000/${id}/v2.0`],
    // A tenant's own domain before the cloud: the id says which tenant it is.
    [`https://login.contoso.com/${id}`, `https://login.microsoftonline.com/${id}/v2.0`],
    [`https://login.contoso.com/${id}`, `https://${id}.ciamlogin.com/${id}/v2.0`],
  ])("of %s may be %s", (address, issuer) => expect(fits(address, issuer)).toBe(true));

  it.each([
    [authority, `https://login.microsoftonline.us/${id}/v2.0`],
    [authority, `https://login.microsoftonline.com/${other}/v2.0`],
    [authority, `https://login.microsoftonline.com.evil.example/${id}/v2.0`],
    [authority, `https://evil.example/${id}/v2.0`],
    [authority, `https://login.microsoftonline.com/${id}/v2.0?x=1`],
    [authority, `https://login.microsoftonline.com/${id}/v2.0#x`],
    [authority, `https://alice@login.microsoftonline.com/${id}/v2.0`],
    [authority, `ftp://login.microsoftonline.com/${id}/v2.0`],
    [authority, "contoso"],
    [authority, `https://${id}.ciamlogin.com/${id}/v2.0`],
    ["https://login.contoso.com/t", `https://login.microsoftonline.com/${other}/v2.0`],
    ["https://login.contoso.com/t", "https://login.microsoftonline.com/{tenantid}/v2.0"],
  ])("of %s is not %s", (address, issuer) => expect(fits(address, issuer)).toBe(false));
});

describe("B5.3 an issuer of External ID", () => {
  it.each([
    ["https://contoso.ciamlogin.com", `https://${id}.ciamlogin.com/${id}/v2.0`],
    ["https://contoso.ciamlogin.com/contoso.com", `https://contoso.ciamlogin.com/${id}/v2.0`],
    [`https://contoso.ciamlogin.com/${id}`, `https://login.microsoftonline.com/${id}/v2.0`],
  ])("of %s may be %s", (address, issuer) => expect(fits(address, issuer)).toBe(true));

  it.each([
    ["https://contoso.ciamlogin.com", `https://${other}.ciamlogin.com/${other}/v2.0`],
    ["https://contoso.ciamlogin.com", `https://contoso.ciamlogin.com/${other}/v2.0`],
    ["https://contoso.ciamlogin.com", `https://a.b.ciamlogin.com/${id}/v2.0`],
    ["https://contoso.ciamlogin.com", `https://evilciamlogin.com/${id}/v2.0`],
  ])("of %s is not %s", (address, issuer) => expect(fits(address, issuer)).toBe(false));
});

describe("B5.3 an issuer of B2C", () => {
  const authority = "https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_signin";

  it.each([
    [authority, `https://contoso.b2clogin.com/${id}/v2.0/`],
    [authority, `https://contoso.b2clogin.com/tfp/${id}/b2c_1_signin/v2.0/`],
    [authority.replace(".com/", ".com/tfp/"), `https://contoso.b2clogin.com/tfp/${id}/b2c_1_signin/v2.0/`],
    ["https://login.contoso.com/contoso.onmicrosoft.com/b2c_1_x", `https://login.contoso.com/${id}/v2.0/`],
    ["https://login.contoso.com/contoso.onmicrosoft.com/b2c_1_x", `https://contoso.b2clogin.com/${id}/v2.0/`],
    [
      "https://login.microsoftonline.com/tfp/contoso.onmicrosoft.com/b2c_1_x",
      `https://login.microsoftonline.com/${id}/v2.0/`,
    ],
    [`https://login.microsoftonline.com/tfp/${id}/b2c_1_x`, `https://contoso.b2clogin.com/${id}/v2.0/`],
  ])("of %s may be %s", (address, issuer) => {
    expect(isIssuerOf(issuer, ownerOf(parseAuthority(address), "contoso.onmicrosoft.com"))).toBe(true);
  });

  it.each([
    [authority, `https://fabrikam.b2clogin.com/${id}/v2.0/`],
    [authority, `https://contoso.b2clogin.com/${id}`],
    [authority, `https://contoso.b2clogin.com/tfp/${id}/b2c_1_other/v2.0/`],
    [authority, `https://contoso.b2clogin.com/tfp/${id}/v2.0/`],
    [authority.replace("contoso.onmicrosoft.com", other), `https://contoso.b2clogin.com/${id}/v2.0/`],
    [authority.replace("contoso.onmicrosoft.com", other), `https://contoso.b2clogin.com/tfp/${id}/b2c_1_signin/v2.0/`],
    ["https://login.contoso.com/contoso.onmicrosoft.com/b2c_1_x", `https://fabrikam.b2clogin.com/${id}/v2.0/`],
    ["https://login.contoso.com/contoso.onmicrosoft.com/b2c_1_x", `https://login.microsoftonline.com/${id}/v2.0/`],
  ])("of %s is not %s", (address, issuer) => {
    expect(isIssuerOf(issuer, ownerOf(parseAuthority(address), "contoso.onmicrosoft.com"))).toBe(false);
  });
});

describe("B5.3 an issuer of ADFS and dSTS", () => {
  it.each([
    ["https://fs.contoso.com:8443/ADFS", "https://fs.contoso.com/adfs"],
    ["https://fs.contoso.com/adfs", "http://fs.contoso.com/adfs/services/trust"],
    ["https://dsts.contoso.com/dstsv2/t", "https://dsts.contoso.com/dstsv2/t"],
  ])("of %s may be %s", (address, issuer) => expect(fits(address, issuer)).toBe(true));

  it.each([
    ["https://fs.contoso.com/adfs", "https://fs.fabrikam.com/adfs"],
    ["https://fs.contoso.com/adfs", "https://fs.contoso.com/adfs/other"],
    ["https://fs.contoso.com/adfs", "https://fs.contoso.com"],
    ["https://dsts.contoso.com/dstsv2/t", "https://dsts.fabrikam.com/dstsv2/t"],
  ])("of %s is not %s", (address, issuer) => expect(fits(address, issuer)).toBe(false));
});

describe("B5.3 an issuer of another OpenID Connect provider", () => {
  const fitsOidc = (address: string, issuer: string): boolean =>
    isIssuerOf(issuer, ownerOf(parseOidcAuthority(address)));

  it.each([
    ["https://idp.contoso.com", "https://idp.contoso.com/"],
    ["https://idp.contoso.com/realms/staff/", "https://IDP.contoso.com:443/realms/staff"],
    [`https://login.contoso.com/${id}/v2.0`, `https://${id}.ciamlogin.com/${id}/v2.0`],
    [`https://login.contoso.com/${id}/v2.0`, `https://login.microsoftonline.com/${id}/v2.0`],
  ])("of %s may be %s", (address, issuer) => expect(fitsOidc(address, issuer)).toBe(true));

  it.each([
    ["https://idp.contoso.com", "https://idp.contoso.com/realms/staff"],
    ["https://idp.contoso.com/realms/staff", "https://idp.contoso.com/realms/Staff"],
    ["https://idp.contoso.com", "https://idp.contoso.com:8443"],
    ["https://idp.contoso.com", "http://idp.contoso.com"],
    // The path of its endpoints says nothing of who it is.
    ["https://idp.contoso.com", `https://login.microsoftonline.com/${id}/v2.0`],
    ["https://idp.contoso.com/{x}", "https://idp.contoso.com/{y}"],
  ])("of %s is not %s", (address, issuer) => expect(fitsOidc(address, issuer)).toBe(false));
});

describe("B5.3 the error about a configuration's issuer", () => {
  function errorOf(authority: Authority, issuer: string): MsalError {
    try {
      checkConfiguredIssuer(issuer, ownerOf(authority));
    } catch (error) {
      if (error instanceof MsalError) return error;
    }
    throw new Error("was not refused");
  }

  it("shows both and what mends it", () => {
    const oidc = errorOf(parseOidcAuthority("https://idp.contoso.com"), "https://evil.example/");
    expect(oidc.code).toBe("issuer_mismatch");
    expect(oidc.message).toBe(
      'The OpenID configuration of https://idp.contoso.com names the issuer "https://evil.example/", which is not the ' +
        `address that was given. Give "oidcAuthority" the provider's own issuer, for OpenID Connect wants the two equal. ` +
        'If you trust the address whatever issuer it names, give the application "validateAuthority: false".',
    );
  });

  it.each([
    ["https://login.microsoftonline.com/contoso.us", 'the one of the tenant "contoso.us" at login.microsoftonline.com'],
    ["https://contoso.ciamlogin.com", 'the one of the tenant "contoso.onmicrosoft.com" at contoso.ciamlogin.com'],
    ["https://contoso.b2clogin.com/t/b2c_1_X", '"https://contoso.b2clogin.com/{tenant id}/v2.0/"'],
    ["https://fs.contoso.com/adfs", '"https://fs.contoso.com/adfs"'],
    ["https://dsts.contoso.com/dstsv2/t", "one of the host dsts.contoso.com"],
  ])("says what was expected of %s", (address, expected) => {
    const { message } = errorOf(parseAuthority(address), "https://evil.example/");
    expect(message).toContain(`which is not ${expected}`);
    expect(message).toContain("another provider answers there");
  });

  it("names the right cloud, where the tenant is of another", () => {
    const { message } = errorOf(
      parseAuthority("https://login.microsoftonline.com/contoso.us"),
      `https://login.microsoftonline.us/${id}/v2.0`,
    );
    expect(message).toContain("at the host of its own cloud: login.microsoftonline.us.");
  });

  it("shows an endless issuer in part", () => {
    const { message } = errorOf(parseOidcAuthority("https://idp.contoso.com"), `https://x/${"y".repeat(10_000)}`);
    expect(message.length).toBeLessThan(700);
  });
});
