import { describe, expect, it } from "vitest";
import { publicApp } from "../support/apps.ts";
import { neverAnswers } from "../support/fake-provider.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { alice, authority, clientId, homeAccountId, refusal, userTokens } from "../support/token-answers.ts";

describe("acquireTokenByRefreshToken", () => {
  it("B2.1 B2.4 sends exactly this form, and says for which call", async () => {
    const { app, provider, clock } = publicApp();
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenByRefreshToken("rt-from-elsewhere", ["User.Read"]);
    expect(provider.lastPost.form).toEqual({
      client_id: clientId,
      client_info: "1",
      grant_type: "refresh_token",
      refresh_token: "rt-from-elsewhere",
      scope: "User.Read offline_access openid profile",
    });
    expect(provider.lastPost.headers.get("x-client-current-telemetry")).toBe("4|85,1|");
    expect(provider.lastPost.headers.has("x-anchormailbox")).toBe(false);
  });

  it("B5.9 keeps what it gets, the refresh token of the answer among it", async () => {
    const { app, provider, clock, cache } = publicApp();
    provider.expectToken(authority, { json: userTokens(clock, { refresh_token: "rt-renewed" }) });
    const result = await app.acquireTokenByRefreshToken("rt-from-elsewhere", ["User.Read"]);
    expect(result).toMatchObject({ token_source: "identity_provider", account: { username: alice.username } });
    expect(cache.find("RefreshToken")).toMatchObject([
      { secret: "rt-renewed", home_account_id: homeAccountId(alice), client_id: clientId },
    ]);
    expect(await app.getAccounts()).toHaveLength(1);
  });

  it("files nothing when the answer does not say whose the tokens are: they would pass for the application's own", async () => {
    const { app, provider, clock, cache, log } = publicApp();
    const json = userTokens(clock, { id_token: undefined, client_info: undefined, access_token: "nobody's" });
    provider.expectToken(authority, { json });
    expect(await app.acquireTokenByRefreshToken("rt", ["User.Read"])).toMatchObject({ access_token: "nobody's" });
    expect(cache.find("AccessToken")).toEqual([]);
    expect(await app.acquireTokenSilent(["User.Read"], null)).toBeNull();
    expect(log).toContain("warn: A user's token is not cached: the answer does not say whose it is.");
  });

  it("B7.8 sends the capabilities too", async () => {
    const { app, provider, clock } = publicApp({ clientCapabilities: ["CP1"] });
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenByRefreshToken("rt", []);
    expect(provider.lastPost.form["claims"]).toBe('{"access_token":{"xms_cc":{"values":["CP1"]}}}');
  });

  it("gives a refusal as a value and keeps nothing", async () => {
    const { app, provider, cache } = publicApp();
    provider.expectToken(authority, refusal("invalid_grant"));
    expect(await app.acquireTokenByRefreshToken("rt", [])).toMatchObject({ error: "invalid_grant" });
    expect(cache.find("AppMetadata")).toEqual([]);
  });

  it("ends at once when the caller aborts", async () => {
    const { app, provider } = publicApp();
    const controller = new AbortController();
    provider.expectToken(authority, (request) => {
      controller.abort();
      return neverAnswers(request);
    });
    const waiting = app.acquireTokenByRefreshToken("rt", [], { signal: controller.signal });
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted" });
  });

  it.each(["", undefined])("refuses the refresh token %j before any network", async (token) => {
    const { app, provider } = publicApp();
    await expect(app.acquireTokenByRefreshToken(token as string, [])).rejects.toThrow('"refreshToken" must be');
    expect(provider.requests).toEqual([]);
  });
});
