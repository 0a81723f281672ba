import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { confidentialApp, publicApp } from "../support/apps.ts";
import { authority, clientId } from "../support/token-answers.ts";
import type { AuthCodeFlow, AuthCodeFlowOptions } from "../../src/index.ts";

const redirectUri = "https://app.contoso.com/auth/callback";

function queryOf({ auth_uri }: Pick<AuthCodeFlow, "auth_uri">): Record<string, string> {
  const { searchParams } = new URL(auth_uri);
  expect(new Set(searchParams.keys()).size).toBe(searchParams.size);
  return Object.fromEntries(searchParams);
}

const digest = (text: string, encoding: "hex" | "base64url"): string =>
  createHash("sha256").update(text).digest(encoding);

describe("initiateAuthCodeFlow", () => {
  it("B5.1 gives a plain object that survives JSON, and the address of the sign-in page", async () => {
    const { app } = confidentialApp();
    const flow = await app.initiateAuthCodeFlow(["User.Read", "Mail.Read"], { redirectUri });
    const { auth_uri, state, code_verifier, nonce, ...rest } = flow;
    expect(rest).toEqual({
      redirect_uri: redirectUri,
      scope: ["User.Read", "Mail.Read", "openid", "profile", "offline_access"],
    });
    expect(JSON.parse(JSON.stringify(flow))).toEqual(flow);
    expect(auth_uri.startsWith(`${authority}/oauth2/v2.0/authorize?`)).toBe(true);
    expect(queryOf(flow)).toEqual({
      client_id: clientId,
      response_type: "code",
      redirect_uri: redirectUri,
      scope: "Mail.Read User.Read offline_access openid profile",
      state,
      code_challenge: digest(code_verifier, "base64url"),
      code_challenge_method: "S256",
      nonce: digest(nonce, "hex"),
      client_info: "1",
    });
  });

  it("B5.1 puts every option into the address", async () => {
    const { app } = confidentialApp();
    const claimsChallenge = '{"id_token":{"auth_time":{"essential":true}}}';
    const flow = await app.initiateAuthCodeFlow([], {
      prompt: "select_account",
      loginHint: "alice@contoso.com",
      domainHint: "organizations",
      claimsChallenge,
      maxAge: 0,
      responseMode: "form_post",
      state: "state-of-mine",
    });
    const { state, claims_challenge, max_age, redirect_uri } = flow;
    expect({ state, claims_challenge, max_age, redirect_uri }).toEqual({
      state: "state-of-mine",
      claims_challenge: claimsChallenge,
      max_age: 0,
      redirect_uri: undefined,
    });
    expect(queryOf(flow)).toMatchObject({
      prompt: "select_account",
      login_hint: "alice@contoso.com",
      domain_hint: "organizations",
      claims: claimsChallenge,
      max_age: "0",
      response_mode: "form_post",
      state: "state-of-mine",
    });
    expect(queryOf(flow)).not.toHaveProperty("redirect_uri");
  });

  it("B2.5 names the user's mailbox in the address when a hint is given", async () => {
    const { app } = confidentialApp();
    const flow = await app.initiateAuthCodeFlow([], { loginHint: "älice@contoso.com" });
    expect(queryOf(flow)["X-AnchorMailbox"]).toBe("UPN:älice@contoso.com");
  });

  it("B2.7 merges the capabilities into the claims, and keeps the challenge as it came", async () => {
    const { app } = confidentialApp({ clientCapabilities: ["CP1"] });
    const claimsChallenge = '{"access_token":{"nbf":{"essential":true}}}';
    const flow = await app.initiateAuthCodeFlow([], { claimsChallenge });
    expect(JSON.parse(queryOf(flow)["claims"] ?? "")).toEqual({
      access_token: { nbf: { essential: true }, xms_cc: { values: ["CP1"] } },
    });
    expect(flow.claims_challenge).toBe(claimsChallenge);
  });

  it("B2.6 leaves out what excludeScopes names", async () => {
    const { app } = confidentialApp({ excludeScopes: ["offline_access", "profile"] });
    const flow = await app.initiateAuthCodeFlow(["User.Read"]);
    expect(flow.scope).toEqual(["User.Read", "openid"]);
    expect(queryOf(flow)["scope"]).toBe("User.Read openid");
  });

  it("makes state, nonce and verifier anew each time, of at least 128 bits", async () => {
    const { app } = confidentialApp();
    const flows = [await app.initiateAuthCodeFlow([]), await app.initiateAuthCodeFlow([])];
    const values = flows.flatMap(({ state, nonce, code_verifier }) => [state, nonce, code_verifier]);
    expect(new Set(values).size).toBe(6);
    for (const value of values) expect(Buffer.from(value, "base64url").length).toBeGreaterThanOrEqual(16);
  });

  it("leaves the caller's scopes alone", async () => {
    const { app } = confidentialApp();
    const scopes = Object.freeze(["User.Read"]);
    const flow = await app.initiateAuthCodeFlow(scopes);
    expect(flow.scope).not.toBe(scopes);
  });

  it("works for a public client too", async () => {
    const { app } = publicApp();
    expect(queryOf(await app.initiateAuthCodeFlow([]))["client_id"]).toBe(clientId);
  });

  it.each<[string, AuthCodeFlowOptions & Record<string, unknown>, string]>([
    ["prompt", { prompt: 1 as unknown as string }, '"prompt" must be a string'],
    ["loginHint", { loginHint: {} as string }, '"loginHint" must be a string'],
    ["domainHint", { domainHint: null as unknown as string }, '"domainHint" must be a string'],
    ["redirectUri", { redirectUri: "/auth/callback" }, '"redirectUri" must be an absolute URL'],
    ["state", { state: "" }, '"state" must be a non-empty string'],
    ["responseMode", { responseMode: "fragment" as "query" }, '"responseMode" must be "query" or "form_post"'],
    ["maxAge", { maxAge: -1 }, '"maxAge" must be a whole number of seconds'],
    ["maxAge of a fraction", { maxAge: 1.5 }, '"maxAge" must be a whole number of seconds'],
    ["claimsChallenge", { claimsChallenge: "no JSON" }, '"claimsChallenge" must hold a JSON object'],
    ["correlationId", { correlationId: "two words" }, '"correlationId" must be a UUID'],
  ])("refuses a wrong %s before any network", async (_, options, message) => {
    const { app, provider } = confidentialApp();
    const error = await app.initiateAuthCodeFlow([], options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(message);
    expect(provider.requests).toEqual([]);
  });

  it.each([
    ["B2.6 a bare string", "User.Read" as unknown as string[], 'give ["User.Read"]'],
    ["B2.6 a reserved scope", ["User.Read", "openid"], "must not name openid"],
  ])("refuses %s before any network", async (_, scopes, message) => {
    const { app, provider } = confidentialApp();
    await expect(app.initiateAuthCodeFlow(scopes)).rejects.toThrow(message);
    expect(provider.requests).toEqual([]);
  });
});
