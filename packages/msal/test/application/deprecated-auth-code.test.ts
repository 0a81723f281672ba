import { describe, expect, it } from "vitest";
import type { AuthResult } from "../../src/index.ts";
import { confidentialApp } from "../support/apps.ts";
import { neverAnswers } from "../support/fake-provider.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { authority, clientId, refusal, userTokens } from "../support/token-answers.ts";

const redirectUri = "https://app.contoso.com/auth/callback";

describe("getAuthorizationRequestUrl", () => {
  it("gives the address of the sign-in page, without PKCE", async () => {
    const { app } = confidentialApp({ clientCapabilities: ["CP1"] });
    const url = new URL(
      await app.getAuthorizationRequestUrl(["User.Read"], {
        redirectUri,
        state: "state",
        nonce: "nonce",
        prompt: "login",
        loginHint: "alice@contoso.com",
        domainHint: "contoso.com",
        claimsChallenge: '{"id_token":{"acr":null}}',
      }),
    );
    expect(`${url.origin}${url.pathname}`).toBe(`${authority}/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: clientId,
      response_type: "code",
      redirect_uri: redirectUri,
      scope: "User.Read offline_access openid profile",
      state: "state",
      nonce: "nonce",
      client_info: "1",
      prompt: "login",
      login_hint: "alice@contoso.com",
      domain_hint: "contoso.com",
      claims: '{"id_token":{"acr":null},"access_token":{"xms_cc":{"values":["CP1"]}}}',
      "X-AnchorMailbox": "UPN:alice@contoso.com",
    });
  });

  it("asks for another response type when told so, and leaves out what is not given", async () => {
    const { app } = confidentialApp();
    const url = new URL(await app.getAuthorizationRequestUrl([], { responseType: "code id_token" }));
    expect([...url.searchParams.keys()]).toEqual(["client_id", "response_type", "scope", "client_info"]);
    expect(url.searchParams.get("response_type")).toBe("code id_token");
  });

  it("B2.7 asks for what the challenge and the capabilities say", async () => {
    const { app } = confidentialApp({ clientCapabilities: ["CP1"] });
    const url = new URL(await app.getAuthorizationRequestUrl([], { claimsChallenge: '{"id_token":{"acr":null}}' }));
    expect(JSON.parse(url.searchParams.get("claims") ?? "")).toEqual({
      id_token: { acr: null },
      access_token: { xms_cc: { values: ["CP1"] } },
    });
  });

  it.each([
    ["redirectUri", "nowhere"],
    ["nonce", ""],
    ["responseType", ""],
    ["claimsChallenge", "not JSON"],
  ])("refuses a wrong %s before any network", async (name, value) => {
    const { app, provider } = confidentialApp();
    await expect(app.getAuthorizationRequestUrl([], { [name]: value })).rejects.toThrow(`"${name}" must`);
    expect(provider.requests).toEqual([]);
  });
});

describe("acquireTokenByAuthorizationCode", () => {
  it("B2.1 redeems the code with exactly this form", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: userTokens(clock) });
    const result = await app.acquireTokenByAuthorizationCode("the-code", ["User.Read"], {
      redirectUri,
      claimsChallenge: '{"access_token":{}}',
    });
    expect(result).toMatchObject({ access_token: "access-token" });
    expect(provider.lastPost.form).toEqual({
      client_id: clientId,
      client_secret: "client-secret",
      client_info: "1",
      grant_type: "authorization_code",
      code: "the-code",
      redirect_uri: redirectUri,
      scope: "User.Read offline_access openid profile",
      claims: '{"access_token":{}}',
    });
    expect(provider.lastPost.headers.get("x-client-current-telemetry")).toBe("4|832,0|");
  });

  it("gives the tokens, and a refusal as a value", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: userTokens(clock) }).expectToken(authority, refusal("invalid_grant"));
    const redeem = (): Promise<AuthResult> => app.acquireTokenByAuthorizationCode("the-code", ["User.Read"]);
    expect(await redeem()).toMatchObject({ access_token: "access-token", refresh_token: "refresh-token" });
    expect(await redeem()).toMatchObject({ error: "invalid_grant", error_description: "AADSTS: invalid_grant" });
  });

  it("B5.3 compares the nonce as it was given", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: userTokens(clock, { claims: { nonce: "nonce" } }) });
    const result = await app.acquireTokenByAuthorizationCode("the-code", [], { nonce: "nonce" });
    expect(result).toHaveProperty("access_token");
  });

  it("B5.3 refuses another nonce and caches nothing", async () => {
    const { app, provider, clock, cache } = confidentialApp();
    provider.expectToken(authority, { json: userTokens(clock, { claims: { nonce: "other" } }) });
    const error = await msalErrorFrom(app.acquireTokenByAuthorizationCode("the-code", [], { nonce: "nonce" }));
    expect(error.message).toContain('"nonce"');
    expect(cache.find("AccessToken")).toEqual([]);
  });

  it("ends at once when the caller aborts", async () => {
    const { app, provider } = confidentialApp();
    const controller = new AbortController();
    provider.expectToken(authority, (request) => {
      controller.abort();
      return neverAnswers(request);
    });
    const waiting = app.acquireTokenByAuthorizationCode("the-code", [], { signal: controller.signal });
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted" });
  });

  it.each([
    ["code", "", {}],
    ["claimsChallenge", "the-code", { claimsChallenge: "[]" }],
    ["nonce", "the-code", { nonce: "" }],
    ["redirectUri", "the-code", { redirectUri: "nowhere" }],
  ])("refuses a wrong %s before any network", async (name, code, options) => {
    const { app, provider } = confidentialApp();
    await expect(app.acquireTokenByAuthorizationCode(code, [], options)).rejects.toThrow(`"${name}" must`);
    expect(provider.requests).toEqual([]);
  });
});
