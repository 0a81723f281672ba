import { describe, expect, it } from "vitest";
import { confidentialApp, publicApp } from "../support/apps.ts";
import { neverAnswers } from "../support/fake-provider.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { authority, clientId, host, refusal, userTokens } from "../support/token-answers.ts";

const realmOf = (username: string): string =>
  `https://${host}/common/userrealm/${encodeURIComponent(username)}?api-version=1.0`;
const username = "alice@contoso.com";
const managed = { json: { account_type: "Managed" } };

describe("acquireTokenByUsernamePassword", () => {
  it("B5.6 B2.1 asks for the user realm, then sends exactly this form", async () => {
    const { app, provider, clock } = publicApp();
    provider.expect("GET", realmOf(username), managed).expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenByUsernamePassword(username, "pass word&", ["User.Read"]);
    expect(provider.lastPost.form).toEqual({
      client_id: clientId,
      client_info: "1",
      grant_type: "password",
      username,
      password: "pass word&",
      scope: "User.Read offline_access openid profile",
    });
  });

  it("B2.4 B2.5 names the call and the user's mailbox in headers", async () => {
    const { app, provider, clock } = publicApp();
    provider.expect("GET", realmOf(username), managed).expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenByUsernamePassword(username, "password", []);
    const { headers } = provider.lastPost;
    expect(headers.get("x-client-current-telemetry")).toBe("4|301,0|");
    expect(headers.get("x-anchormailbox")).toBe(`upn:${username}`);
  });

  it("B2.3 asks for the user realm under the call's own id", async () => {
    const { app, provider, clock } = publicApp();
    provider.expect("GET", realmOf(username), managed).expectToken(authority, { json: userTokens(clock) });
    const correlationId = "11111111-2222-4333-8444-555555555555";
    await app.acquireTokenByUsernamePassword(username, "password", [], { correlationId });
    expect(provider.requests.map(({ headers }) => headers.get("client-request-id"))).toEqual([
      correlationId,
      correlationId,
      correlationId,
    ]);
  });

  it("B2.2 sends the secret of a confidential client too", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expect("GET", realmOf(username), managed).expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenByUsernamePassword(username, "password", []);
    expect(provider.lastPost.form["client_secret"]).toBe("client-secret");
  });

  it("B2.7 sends claims challenge and capabilities", async () => {
    const { app, provider, clock } = publicApp({ clientCapabilities: ["CP1"] });
    provider.expect("GET", realmOf(username), managed).expectToken(authority, { json: userTokens(clock) });
    const claimsChallenge = '{"access_token":{"acrs":{"value":"c1"}}}';
    await app.acquireTokenByUsernamePassword(username, "password", [], { claimsChallenge });
    expect(JSON.parse(provider.lastPost.form["claims"] ?? "")).toEqual({
      access_token: { acrs: { value: "c1" }, xms_cc: { values: ["CP1"] } },
    });
  });

  it("B4.4 knows the user by the name of the sign-in where the id token has none", async () => {
    const { app, provider, clock } = publicApp();
    provider.expect("GET", realmOf(username), managed);
    provider.expectToken(authority, {
      json: userTokens(clock, { claims: { preferred_username: undefined, name: undefined } }),
    });
    await app.acquireTokenByUsernamePassword(username, "password", []);
    expect(await app.getAccounts()).toMatchObject([{ username }]);
  });

  it("B5.6 goes straight to the token endpoint where there are no user realms", async () => {
    const { app, provider, clock } = publicApp();
    const tokens = { json: userTokens(clock) };
    provider.expect("GET", realmOf(username), { status: 404 }).expectToken(authority, tokens);
    await app.acquireTokenByUsernamePassword(username, "password", []);
    provider.expectToken(authority, tokens);
    await app.acquireTokenByUsernamePassword("bob@contoso.com", "password", []);
    expect(provider.posts).toHaveLength(2);
  });

  it("B5.6 asks no user realm at ADFS, which keeps the passwords itself", async () => {
    const adfs = "https://adfs.contoso.com/adfs";
    const { app, provider, clock } = publicApp({ authority: adfs });
    provider.expectToken(adfs, { json: userTokens(clock, { claims: { iss: adfs } }) });
    await app.acquireTokenByUsernamePassword(username, "password", []);
    expect(await app.getAccounts()).toMatchObject([{ environment: "adfs.contoso.com", authorityType: "ADFS" }]);
  });

  it("gives a wrong password as a value", async () => {
    const { app, provider, cache } = publicApp();
    provider
      .expect("GET", realmOf(username), managed)
      .expectToken(authority, refusal("invalid_grant", { error_codes: [50126] }));
    const result = await app.acquireTokenByUsernamePassword(username, "password", []);
    expect(result).toMatchObject({ error: "invalid_grant", error_codes: [50126] });
    expect(cache.find("Account")).toEqual([]);
  });

  it.each(["user realm", "token"])("ends at once when the caller aborts at the %s request", async (step) => {
    const { app, provider, clock } = publicApp();
    const controller = new AbortController();
    const hang = (request: Parameters<typeof neverAnswers>[0]): Promise<never> => {
      controller.abort();
      return neverAnswers(request);
    };
    provider.expect("GET", realmOf(username), step === "token" ? managed : hang);
    if (step === "token") provider.expectToken(authority, hang);
    const waiting = app.acquireTokenByUsernamePassword(username, "password", [], { signal: controller.signal });
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted" });
    expect(clock.pending).toBe(0);
  });

  it.each([
    ["username", "", "password"],
    ["password", username, ""],
    ["password", username, undefined],
  ])("refuses an empty %s before any network", async (name, user, password) => {
    const { app, provider } = publicApp();
    const call = app.acquireTokenByUsernamePassword(user, password as string, []);
    await expect(call).rejects.toThrow(`"${name}" must be a non-empty string`);
    expect(provider.requests).toEqual([]);
  });

  it("refuses a claims challenge that is no JSON before any network", async () => {
    const { app, provider } = publicApp();
    const call = app.acquireTokenByUsernamePassword(username, "password", [], { claimsChallenge: "{" });
    await expect(call).rejects.toThrow('"claimsChallenge" must hold a JSON object');
    expect(provider.requests).toEqual([]);
  });
});
