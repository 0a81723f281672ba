import { describe, expect, it } from "vitest";
import { authorizationCode } from "../../src/grant/authorization-code.ts";
import { clientCredentials } from "../../src/grant/client-credentials.ts";
import { deviceCode } from "../../src/grant/device-code.ts";
import { onBehalfOf } from "../../src/grant/on-behalf-of.ts";
import { password } from "../../src/grant/password.ts";
import { refreshToken } from "../../src/grant/refresh-token.ts";
import { saml } from "../../src/grant/saml.ts";
import { encodeForm } from "../../src/protocol/form.ts";
import { API_ID } from "../../src/protocol/telemetry.ts";

const scopes = Object.freeze(["openid", "User.Read", "openid"]);
const scope = "User.Read openid";
const clientInfo = Buffer.from('{"uid":"u","utid":"t"}').toString("base64url");

describe("authorizationCode (B5.1, B5.2)", () => {
  it("redeems the code with its verifier, routed to the user that came with it (B2.5)", () => {
    const input = { code: "c", redirectUri: "http://localhost", codeVerifier: "v", scopes, clientInfo };
    expect(authorizationCode(input)).toEqual({
      parameters: {
        grant_type: "authorization_code",
        code: "c",
        redirect_uri: "http://localhost",
        code_verifier: "v",
        scope,
      },
      secrets: ["code", "code_verifier"],
      owner: "c",
      api: API_ID.authorizationCode,
      anchorMailbox: "Oid:u@t",
    });
  });

  it("sends no more than it has", () => {
    const grant = authorizationCode({ code: "c", scopes });
    expect(encodeForm(grant.parameters)).toBe("grant_type=authorization_code&code=c&scope=User.Read+openid");
    expect(grant).not.toHaveProperty("anchorMailbox");
  });

  it("counts as interactive when it serves that call (B2.4)", () => {
    expect(authorizationCode({ code: "c", scopes, api: API_ID.interactive }).api).toBe(169);
  });
});

describe("clientCredentials (B5.7)", () => {
  it("asks for the scopes as they are", () => {
    expect(clientCredentials({ scopes: ["api://x/.default"] })).toEqual({
      parameters: { grant_type: "client_credentials", scope: "api://x/.default" },
      secrets: [],
      api: API_ID.forClient,
    });
  });
});

describe("deviceCode (B5.5)", () => {
  it("sends the code under its old name and its new one", () => {
    expect(deviceCode({ deviceCode: "d" })).toEqual({
      parameters: { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: "d", code: "d" },
      secrets: ["device_code", "code"],
      owner: "d",
      api: API_ID.deviceCode,
    });
  });
});

describe("onBehalfOf (B5.8)", () => {
  it("hands in the token of the API's caller", () => {
    expect(onBehalfOf({ assertion: "a", scopes })).toEqual({
      parameters: {
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        assertion: "a",
        requested_token_use: "on_behalf_of",
        scope,
      },
      secrets: ["assertion"],
      owner: "a",
      api: API_ID.onBehalfOf,
    });
  });
});

describe("refreshToken (B5.9)", () => {
  it("asks for new tokens, routed to the home account (B2.5)", () => {
    expect(refreshToken({ refreshToken: "r", scopes, homeAccountId: "u.t" })).toEqual({
      parameters: { grant_type: "refresh_token", refresh_token: "r", scope },
      secrets: ["refresh_token"],
      owner: "u.t",
      api: API_ID.silent,
      anchorMailbox: "Oid:u@t",
    });
  });

  it.each([undefined, ""])("is not routed for the home account %j", (homeAccountId) => {
    expect(refreshToken({ refreshToken: "r", scopes, homeAccountId })).not.toHaveProperty("anchorMailbox");
  });

  it.each([undefined, ""])("belongs to its token where the home account is %j (B7.1)", (homeAccountId) => {
    expect(refreshToken({ refreshToken: "r", scopes, homeAccountId }).owner).toBe("r");
  });

  it("counts as a migrated refresh token when it serves that call (B2.4)", () => {
    expect(refreshToken({ refreshToken: "r", scopes, api: API_ID.refreshToken }).api).toBe(85);
  });
});

describe("password (B5.6)", () => {
  it("sends name and password, routed to the user (B2.5)", () => {
    expect(password({ username: "ann@example.com", password: "p", scopes })).toEqual({
      parameters: { grant_type: "password", username: "ann@example.com", password: "p", scope },
      secrets: ["password"],
      owner: "ann@example.com",
      api: API_ID.password,
      anchorMailbox: "upn:ann@example.com",
    });
  });

  it("is not routed for a name that no header can carry", () => {
    expect(password({ username: "ü", password: "p", scopes })).not.toHaveProperty("anchorMailbox");
  });
});

it("names only parameters that exist as secrets", () => {
  const grants = [
    authorizationCode({ code: "c", scopes }),
    clientCredentials({ scopes }),
    deviceCode({ deviceCode: "d" }),
    onBehalfOf({ assertion: "a", scopes }),
    refreshToken({ refreshToken: "r", scopes }),
    password({ username: "u", password: "p", scopes }),
  ];
  for (const { parameters, secrets } of grants) {
    for (const name of secrets) expect(parameters).toHaveProperty(name);
  }
});

describe("saml (B5.6)", () => {
  it.each([
    ["1.1", "urn:ietf:params:oauth:grant-type:saml1_1-bearer"],
    ["2.0", "urn:ietf:params:oauth:grant-type:saml2-bearer"],
  ] as const)("hands in the assertion of SAML %s to the byte, routed to the user (B7.9)", (version, grantType) => {
    const assertion = "<a>é😀\r\n?>~</a>";
    expect(saml({ assertion, version, username: "fay@contoso.com", scopes })).toEqual({
      parameters: { grant_type: grantType, assertion: Buffer.from(assertion).toString("base64url"), scope },
      secrets: ["assertion"],
      owner: "fay@contoso.com",
      api: API_ID.password,
      anchorMailbox: "upn:fay@contoso.com",
    });
  });
});
