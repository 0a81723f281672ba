import { describe, expect, it } from "vitest";
import { authorityAt, parseAuthority, parseOidcAuthority } from "../../src/authority/parse.ts";
import { MsalArgumentError } from "../../src/error/argument-error.ts";

function refusalOf(value: unknown, parse: (value: unknown) => unknown = parseAuthority): MsalArgumentError {
  try {
    parse(value);
  } catch (error) {
    if (error instanceof MsalArgumentError) return error;
  }
  throw new Error("was not refused");
}

describe("an authority (B1.1)", () => {
  it("is taken apart into its parts", () => {
    expect(parseAuthority("https://login.microsoftonline.com/contoso.onmicrosoft.com")).toEqual({
      kind: "entra",
      url: "https://login.microsoftonline.com/contoso.onmicrosoft.com",
      host: "login.microsoftonline.com",
      environment: "login.microsoftonline.com",
      tenant: "contoso.onmicrosoft.com",
    });
  });

  it.each([
    "https://login.microsoftonline.com/common/",
    "https://login.microsoftonline.com/common///",
    "https://login.microsoftonline.com//common",
  ])("has one form, whatever its slashes: %s", (address) => {
    expect(parseAuthority(address).url).toBe("https://login.microsoftonline.com/common");
  });

  it("compares its host in lower case and keeps the case of its path", () => {
    expect(parseAuthority("HTTPS://Login.MicrosoftOnline.COM/Contoso")).toMatchObject({
      url: "https://login.microsoftonline.com/Contoso",
      environment: "login.microsoftonline.com",
      tenant: "Contoso",
    });
  });

  it("keeps its port, out of the environment only (B1.5)", () => {
    expect(parseAuthority("https://login.contoso.com:8443/tenant")).toMatchObject({
      url: "https://login.contoso.com:8443/tenant",
      host: "login.contoso.com:8443",
      environment: "login.contoso.com",
    });
  });

  it.each([
    "http://localhost:5000/tenant",
    "http://127.0.0.1:5000/tenant",
    "http://127.9.9.9/tenant",
    "http://[::1]:5000/tenant",
  ])("may be plain http on this machine: %s", (address) => {
    expect(parseAuthority(address).url).toBe(address);
  });

  it("cannot be changed", () => {
    expect(Object.isFrozen(parseAuthority("https://login.microsoftonline.com/common"))).toBe(true);
  });
});

describe("an address that is no authority (B1.1)", () => {
  it.each([
    ["http://login.microsoftonline.com/common", "https://"],
    ["http://localhost.evil.com/common", "https://"],
    ["http://127.0.0.1.evil.com/common", "https://"],
    ["ftp://login.microsoftonline.com/common", "https://"],
    ["https://login.microsoftonline.com", "tenant"],
    ["https://login.microsoftonline.com//", "tenant"],
    ["login.microsoftonline.com/common", "absolute"],
    ["contoso.onmicrosoft.com", "absolute"],
    ["", "absolute"],
    ["https://", "absolute"],
  ])("%j is refused, shown, and put beside two good ones", (address, hint) => {
    const error = refusalOf(address);
    expect(error).toMatchObject({ code: "invalid_authority", option: "authority" });
    expect(error.message).toMatch(/^"authority" must /);
    expect(error.message).toContain(hint);
    expect(error.message).toContain(JSON.stringify(address));
    expect(error.message.match(/"https:\/\/login\.microsoftonline\.com\/[\w.]+"/g)?.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    [undefined, "type undefined"],
    [null, "null"],
    [42, "type number"],
    [{}, "type object"],
  ])("%s is refused", (value, shown) => {
    expect(refusalOf(value).message).toContain(shown);
  });

  it("with a password in it is refused, and the password not shown", () => {
    for (const address of [
      "https://alice:hunter2@login.microsoftonline.com/common",
      "https://alice:hunter2@/x@login.microsoftonline.com/common",
      "alice:hunter2@login.microsoftonline.com/common",
      "https://hunter2@login.microsoftonline.com/common",
    ]) {
      expect(refusalOf(address).message).not.toMatch(/hunter2/);
    }
    expect(refusalOf("https://alice:hunter2@login.microsoftonline.com/common").message).toContain("user name");
  });

  it("with a query or a fragment is refused, and what is in it not shown", () => {
    for (const address of [
      "https://login.microsoftonline.com/common?code=hunter2",
      "https://login.microsoftonline.com/common#token=hunter2",
      "https://login.microsoftonline.com/common?",
    ]) {
      const { message } = refusalOf(address);
      expect(message).toContain("query");
      expect(message).toContain('"https://login.microsoftonline.com/common');
      expect(message).not.toContain("hunter2");
    }
  });

  it("is shown only in part when it is endless", () => {
    expect(refusalOf("x".repeat(10_000)).message.length).toBeLessThan(500);
  });

  it("is reported under the option that held it", () => {
    expect(refusalOf("x", (value) => parseAuthority(value, "tenant")).message).toMatch(/^"tenant" must /);
  });
});

describe("the kind of an authority (B1.2)", () => {
  it.each([
    ["https://login.microsoftonline.com/common", "entra", "common"],
    [
      "https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444",
      "entra",
      "00000000-1111-2222-3333-444444444444",
    ],
    ["https://login.contoso.local/tenant", "entra", "tenant"],
    ["https://fs.contoso.com/adfs", "adfs", "adfs"],
    ["https://fs.contoso.com/ADFS/", "adfs", "ADFS"],
    ["https://fs.contoso.com/adfs-like", "entra", "adfs-like"],
    ["https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin", "b2c", "contoso.onmicrosoft.com"],
    ["https://contoso.b2clogin.cn/x", "b2c", "x"],
    ["https://contoso.b2clogin.us/x", "b2c", "x"],
    ["https://contoso.b2clogin.de/x", "b2c", "x"],
    ["https://login.contoso.com/contoso.onmicrosoft.com/B2C_1_signin", "b2c", "contoso.onmicrosoft.com"],
    ["https://contoso.b2clogin.com.evil.com/x", "entra", "x"],
    ["https://evilb2clogin.com/x", "entra", "x"],
    ["https://contoso.ciamlogin.com/contoso.onmicrosoft.com", "ciam", "contoso.onmicrosoft.com"],
    ["https://contoso.ciamlogin.com.evil.com/x", "entra", "x"],
    ["https://login.contoso.com/dstsv2/tenant", "dsts", "tenant"],
    ["https://login.contoso.com/DSTSv2/tenant", "dsts", "tenant"],
    ["https://contoso.b2clogin.com/tfp/contoso.onmicrosoft.com/b2c_1_signin", "b2c", "contoso.onmicrosoft.com"],
    ["https://login.microsoftonline.com/TFP/contoso.onmicrosoft.com/B2C_1A_own", "b2c", "contoso.onmicrosoft.com"],
    ["https://login.contoso.com/tfp/contoso.onmicrosoft.com/other", "b2c", "contoso.onmicrosoft.com"],
  ])("%s is %s", (address, kind, tenant) => {
    expect(parseAuthority(address)).toMatchObject({ kind, tenant });
  });

  it.each([
    "https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin",
    "https://contoso.b2clogin.com/tfp/contoso.onmicrosoft.com/b2c_1_signin",
    "https://login.contoso.com/dstsv2/tenant",
  ])("keeps the whole path where it needs it: %s", (address) => {
    expect(parseAuthority(`${address}/`).url).toBe(address);
  });

  it.each(["https://contoso.b2clogin.com/tfp/contoso.onmicrosoft.com", "https://contoso.b2clogin.com/tfp/a/b/c"])(
    "wants a tenant and a policy after tfp: %s",
    (address) => {
      const { message } = refusalOf(address);
      expect(message).toContain('name a tenant and a policy after "tfp"');
      expect(message).toContain('"https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin"');
    },
  );

  it.each(["https://login.contoso.com/dstsv2", "https://contoso.b2clogin.com/tfp"])(
    "wants a tenant after the word that tells the kind: %s",
    (address) => {
      expect(refusalOf(address).message).toContain("name a tenant");
    },
  );

  it.each(["https://Contoso.ciamlogin.com", "https://contoso.ciamlogin.com/"])(
    "External ID needs no path, for its host names the tenant: %s",
    (address) => {
      expect(parseAuthority(address)).toEqual({
        kind: "ciam",
        url: "https://contoso.ciamlogin.com/contoso.onmicrosoft.com",
        host: "contoso.ciamlogin.com",
        environment: "contoso.ciamlogin.com",
        tenant: "contoso.onmicrosoft.com",
      });
    },
  );
});

describe("the realm of an authority (B1.6)", () => {
  const id = "6BABCAAD-604b-40ac-a9d7-9fd97c0b779f";

  it.each([
    [`https://login.microsoftonline.com/${id}`, id.toLowerCase()],
    ["https://login.microsoftonline.com/Common", "common"],
    [`https://contoso.ciamlogin.com/${id}`, id.toLowerCase()],
    // Only the authority knows these, by the path of its token endpoint.
    ["https://login.microsoftonline.com/contoso.onmicrosoft.com", undefined],
    [`https://contoso.b2clogin.com/${id}/b2c_1_signin`, undefined],
    [`https://dsts.contoso.com/dstsv2/${id}`, undefined],
    ["https://fs.contoso.com/adfs", undefined],
  ])("%s is %j", (address, realm) => expect(parseAuthority(address).realm).toBe(realm));
});

describe("an OpenID Connect authority (B1.2)", () => {
  it.each([
    ["https://idp.contoso.com", "https://idp.contoso.com", ""],
    ["https://idp.contoso.com/", "https://idp.contoso.com", ""],
    ["https://idp.contoso.com/realms/staff/", "https://idp.contoso.com/realms/staff", "realms"],
    ["https://login.microsoftonline.com/common", "https://login.microsoftonline.com/common", "common"],
    ["https://contoso.ciamlogin.com", "https://contoso.ciamlogin.com", ""],
  ])("is what it is said to be, whatever its shape: %s", (address, url, tenant) => {
    expect(parseOidcAuthority(address)).toMatchObject({ kind: "oidc", url, tenant });
  });

  it("is refused for the same faults, under its own name, with examples of its own kind", () => {
    const { message } = refusalOf("http://idp.contoso.com", parseOidcAuthority);
    expect(message).toMatch(/^"oidcAuthority" must start with https/);
    expect(message).toContain('"https://idp.contoso.com"');
    expect(message).toContain('"https://login.contoso.com/realms/staff"');
  });
});

describe("an authority under another name of its cloud (B1.7)", () => {
  const authority = parseAuthority("https://login.microsoftonline.com/contoso");

  it("differs in the host alone", () => {
    expect(authorityAt(authority, "login.windows.net")).toEqual(parseAuthority("https://login.windows.net/contoso"));
  });

  it("is itself under its own name", () => {
    expect(authorityAt(authority, "login.microsoftonline.com")).toBe(authority);
  });

  it("keeps port and kind", () => {
    expect(authorityAt(parseOidcAuthority("https://a.contoso.com:8443/x"), "b.contoso.com")).toMatchObject({
      kind: "oidc",
      url: "https://b.contoso.com:8443/x",
      environment: "b.contoso.com",
    });
  });
});
