import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { SerializableTokenCache } from "../../src/cache/serializable-token-cache.ts";
import { clientInfo, start, userAnswer } from "./token-answers.ts";
import { ManualClock } from "../support/manual-clock.ts";

const clientId = "6731de76-14a6-49ae-97bc-6eba6914391e";
const tenant = "9188040d-6c67-4c5b-b112-36a304b66dad";
const user = "00000000-0000-0000-66f3-3332eca7ea81";
const homeAccountId = `${user}.${tenant}`;
const environments = ["login.microsoftonline.com", "login.windows.net"];
const question = { clientId, environments, realms: [tenant] };

describe.each([
  ["MSAL Python 1.21", "msal-python.json"],
  ["msal-node", "msal-node.json"],
])("B4.5 a cache written by %s", (_, file) => {
  const state = readFileSync(new URL(`fixtures/${file}`, import.meta.url), "utf8");
  let cache: SerializableTokenCache;

  beforeEach(() => {
    cache = new SerializableTokenCache({ clock: new ManualClock(start * 1000) });
    cache.deserialize(state);
  });

  it("gives the user's access token", () => {
    const found = cache.findAccessToken({ ...question, homeAccountId, scopes: ["openid", "mail.read"] });
    expect(found?.secret).toBe("user-access-token");
  });

  it("gives the application's own access token", () => {
    const scopes = ["https://graph.microsoft.com/.default"];
    expect(cache.findAccessToken({ ...question, homeAccountId: null, scopes })?.secret).toBe("app-access-token");
  });

  it("gives account, id token and refresh token", () => {
    expect(cache.findAccounts({ environments })).toMatchObject([{ username: "user@contoso.com", realm: tenant }]);
    expect(cache.findIdToken({ ...question, realm: tenant, homeAccountId })?.secret).toMatch(/^eyJ/);
    expect(cache.findRefreshTokens({ environments, homeAccountId, familyId: "1" })).toMatchObject([
      { secret: "user-refresh-token" },
    ]);
    expect(cache.findAppMetadata({ environments, clientId })).toBeDefined();
  });

  it("B4.3 is written back as it was", () => {
    expect(JSON.parse(cache.serialize())).toEqual(JSON.parse(state));
  });

  it("prefers what is cached later", () => {
    const renewed = {
      client_id: clientId,
      token_endpoint: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
      response: { access_token: "newer", refresh_token: "newer", client_info: clientInfo(user, tenant) },
    };
    cache.add(userAnswer(user, renewed));
    expect(cache.findAccessToken({ ...question, homeAccountId, scopes: ["User.Read"] })?.secret).toBe("newer");
    expect(cache.findRefreshTokens({ environments, homeAccountId })[0]?.secret).toBe("newer");
    const profiles = cache.find("Account").map((account) => account["tenantProfiles"]);
    expect(profiles.filter(Boolean)).toHaveLength(state.includes("tenantProfiles") ? 1 : 0);
  });

  it("B4.10 is rid of the user by a sign-out", () => {
    cache.removeAccount({ clientId, environments, homeAccountId });
    expect(cache.serialize()).not.toContain(user);
    cache.removeAppTokens({ clientId, environments });
    expect(cache.find("AccessToken")).toEqual([]);
  });
});

describe("B4.5 a target in another order", () => {
  it("is the same token, so that the one who wrote it finds its renewal and nothing older", () => {
    const [environment] = environments;
    const entry = {
      credential_type: "AccessToken",
      secret: "older",
      home_account_id: homeAccountId,
      environment,
      client_id: clientId,
      target: "openid profile User.Read",
      realm: tenant,
      token_type: "Bearer",
      cached_at: String(start),
      expires_on: String(start + 3600),
    };
    const key = `${homeAccountId}-${environment}-accesstoken-${clientId}-${tenant}-openid profile user.read`;
    const cache = new SerializableTokenCache({ clock: new ManualClock(start * 1000) });
    cache.deserialize(JSON.stringify({ AccessToken: { [key]: entry } }));
    const renewal = {
      client_id: clientId,
      token_endpoint: `https://${environment}/${tenant}/oauth2/v2.0/token`,
      scope: ["openid", "profile", "User.Read"],
      response: { access_token: "newer", client_info: clientInfo(user, tenant) },
    };
    cache.add(userAnswer(user, renewal));
    expect(JSON.parse(cache.serialize())).toMatchObject({ AccessToken: { [key]: { secret: "newer" } } });
    expect(cache.find("AccessToken")).toHaveLength(1);
  });
});
