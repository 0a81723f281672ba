import { describe, expect, it } from "vitest";
import { parseAuthority, parseOidcAuthority } from "../../src/authority/parse.ts";
import { openidConfigurationUrl, readOpenidConfiguration } from "../../src/authority/tenant-discovery.ts";

const suffix = "/.well-known/openid-configuration";

describe("tenant discovery: the question (B1.5)", () => {
  it.each([
    ["https://login.microsoftonline.com/common/", "https://login.microsoftonline.com/common/v2.0"],
    ["https://login.contoso.com:8443/tenant", "https://login.contoso.com:8443/tenant/v2.0"],
    ["https://fs.contoso.com/adfs", "https://fs.contoso.com/adfs"],
    ["https://fs.contoso.com/ADFS", "https://fs.contoso.com/ADFS"],
    ["https://contoso.b2clogin.com/t/b2c_1_x", "https://contoso.b2clogin.com/t/b2c_1_x/v2.0"],
    ["https://contoso.ciamlogin.com", "https://contoso.ciamlogin.com/contoso.onmicrosoft.com/v2.0"],
    ["https://login.contoso.com/dstsv2/tenant", "https://login.contoso.com/dstsv2/tenant/v2.0"],
  ])("for %s goes to %s and the well-known path", (address, base) => {
    expect(openidConfigurationUrl(parseAuthority(address))).toBe(base + suffix);
  });

  it.each(["https://idp.contoso.com", "https://login.microsoftonline.com/common"])(
    "for the OpenID Connect provider %s has no version in it (B1.2)",
    (address) => expect(openidConfigurationUrl(parseOidcAuthority(address))).toBe(address + suffix),
  );
});

describe("tenant discovery: the answer (B1.5, B1.6)", () => {
  const authority = parseAuthority("https://login.contoso.com/contoso.com");
  const base = "https://login.contoso.com/6babcaad-604b-40ac-a9d7-9fd97c0b779f";
  const good = {
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
  };

  it("needs no more than the two endpoints, and takes the realm from the token endpoint", () => {
    expect(readOpenidConfiguration(good, authority)).toEqual({
      authority,
      authorizationEndpoint: good.authorization_endpoint,
      tokenEndpoint: good.token_endpoint,
      realm: "6babcaad-604b-40ac-a9d7-9fd97c0b779f",
    });
  });

  it("takes what else there is", () => {
    const more = {
      device_authorization_endpoint: `${base}/devicecode`,
      userinfo_endpoint: "https://graph.contoso.com/oidc/userinfo",
      end_session_endpoint: `${base}/logout`,
      jwks_uri: `${base}/keys`,
      issuer: "https://login.contoso.com/{tenantid}/v2.0",
    };
    expect(readOpenidConfiguration({ ...good, ...more }, authority)).toMatchObject({
      deviceAuthorizationEndpoint: more.device_authorization_endpoint,
      userinfoEndpoint: more.userinfo_endpoint,
      endSessionEndpoint: more.end_session_endpoint,
      jwksUri: more.jwks_uri,
      issuer: more.issuer,
    });
  });

  it.each(["authorization_endpoint", "token_endpoint"])("without %s is an error that names it", (field) => {
    for (const absent of [undefined, "", 42, null]) {
      expect(() => readOpenidConfiguration({ ...good, [field]: absent }, authority)).toThrow(
        expect.objectContaining({
          code: "invalid_response",
          message: `The OpenID configuration of https://login.contoso.com/contoso.com lacks "${field}".`,
        }),
      );
    }
  });

  it.each(["authorization_endpoint", "token_endpoint", "device_authorization_endpoint", "jwks_uri"])(
    "never sends anybody to a %s in the clear",
    (field) => {
      for (const bad of ["http://login.contoso.com/x", "javascript:alert(1)", "/relative", "file:///etc/passwd"]) {
        expect(() => readOpenidConfiguration({ ...good, [field]: bad }, authority)).toThrow(
          expect.objectContaining({
            code: "invalid_response",
            message: expect.stringContaining(`"${field}" that is not an https address`) as unknown,
          }),
        );
      }
    },
  );

  it("may name plain http endpoints on this machine (B1.1)", () => {
    const local = { authorization_endpoint: "http://localhost:1/t/a", token_endpoint: "http://localhost:1/t/token" };
    expect(readOpenidConfiguration(local, authority)).toMatchObject({
      tokenEndpoint: local.token_endpoint,
      realm: "t",
    });
  });
});
