import { describe, expect, it } from "vitest";
import { MsalArgumentError } from "../../src/error/argument-error.ts";
import { MsalError } from "../../src/error/msal-error.ts";
import { host, idToken, clientInfo, appAnswer, start, startCache, userAnswer } from "./token-answers.ts";

describe("adding a token answer", () => {
  it("B4.3 writes the fields of every entry, and no others", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { foci: "1", refresh_in: 1800, ext_expires_in: 7200 } }));
    const secrets = { home_account_id: "uma.home", environment: host, client_id: "client" };
    expect(JSON.parse(cache.serialize())).toEqual({
      AccessToken: {
        [`uma.home-${host}-accesstoken-client-tenant-user.read openid`]: {
          ...secrets,
          credential_type: "AccessToken",
          secret: "at-uma",
          target: "User.Read openid",
          realm: "tenant",
          token_type: "Bearer",
          cached_at: String(start),
          expires_on: String(start + 3600),
          extended_expires_on: String(start + 7200),
          refresh_on: String(start + 1800),
        },
      },
      RefreshToken: {
        [`uma.home-${host}-refreshtoken-client--user.read openid`]: {
          ...secrets,
          credential_type: "RefreshToken",
          secret: "rt-uma",
          target: "User.Read openid",
          last_modification_time: String(start),
          family_id: "1",
        },
      },
      IdToken: {
        [`uma.home-${host}-idtoken-client-tenant-`]: {
          ...secrets,
          credential_type: "IdToken",
          secret: idToken({ oid: "uma", preferred_username: "uma@contoso.com", name: "User uma" }),
          realm: "tenant",
        },
      },
      Account: {
        [`uma.home-${host}-tenant`]: {
          home_account_id: "uma.home",
          environment: host,
          realm: "tenant",
          local_account_id: "uma",
          username: "uma@contoso.com",
          authority_type: "MSSTS",
          name: "User uma",
        },
      },
      AppMetadata: {
        [`appmetadata-${host}-client`]: { client_id: "client", environment: host, family_id: "1" },
      },
    });
  });

  it("B4.3 writes a key id where the request named one", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { data: { key_id: "key" } }));
    expect(cache.find("AccessToken")[0]?.key_id).toBe("key");
  });

  it("B4.5 sorts the target and leaves an app token's home account null", () => {
    const { cache } = startCache();
    cache.add(appAnswer("", "token", { scope: ["b", "a", "C"] }));
    expect(cache.find("AccessToken")[0]).toMatchObject({ target: "C a b", home_account_id: null });
  });

  it("B4.4 gives an application's own token neither home account nor account, whatever came beside it", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { grant_type: "client_credentials" }));
    expect(cache.find("AccessToken")[0]?.home_account_id).toBeNull();
    expect(cache.find("Account")).toEqual([]);
  });

  it.each([
    ["client_info", { client_info: clientInfo("u", "t"), id_token: idToken() }, "u.t"],
    ["else the id token's sub", { client_info: "not base64!", id_token: idToken({ sub: "s" }) }, "s"],
    ["else null", { client_info: undefined, id_token: undefined }, null],
  ])("B4.4 takes the home account from %s", (_, response, expected) => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response }));
    expect(cache.find("AccessToken")[0]?.home_account_id).toBe(expected);
    expect(cache.find("Account")).toHaveLength(expected === null ? 0 : 1);
  });

  it.each([
    ["preferred_username", { preferred_username: "p", upn: "u" }, { username: "typed" }, "p"],
    ["else upn", { upn: "u" }, { username: "typed" }, "u"],
    ["else the name typed", {}, { data: { username: "typed" } }, "typed"],
    ["else the name given", {}, { username: "given" }, "given"],
    ["else nothing", {}, {}, ""],
  ])("B4.4 takes the username from %s", (_, claims, event, expected) => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { ...event, response: { id_token: idToken(claims) } }));
    expect(cache.find("Account")[0]?.username).toBe(expected);
  });

  it.each([
    ["oid", { oid: "o" }, "o"],
    ["else sub", {}, "subject"],
  ])("B4.4 takes the local account from %s", (_, claims, expected) => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { id_token: idToken(claims) } }));
    expect(cache.find("Account")[0]?.local_account_id).toBe(expected);
  });

  it.each([
    ["MSSTS", "https://login.example/tenant/oauth2/v2.0/token", {}],
    ["ADFS", "https://login.example/adfs/oauth2/token", {}],
    ["ADFS", "https://login.example/ADFS/oauth2/token", {}],
    ["CLOUDSHELL", "https://login.example/adfs/oauth2/token", { authority_type: "CLOUDSHELL" }],
  ])("B4.4 writes the authority type %s for %s", (expected, token_endpoint, event) => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { token_endpoint, ...event }));
    expect(cache.find("Account")[0]?.authority_type).toBe(expected);
  });

  it.each([
    ["a number", { expires_in: 100 }, 100, 100],
    ["a string", { expires_in: "100", ext_expires_in: "200" }, 100, 200],
    ["a fraction", { expires_in: 100.9 }, 100, 100],
    ["absent", { expires_in: undefined }, 600, 600],
    ["no number", { expires_in: "soon" }, 600, 600],
    ["absent, with expires_on", { expires_in: undefined, expires_on: start + 7200 }, 7200, 7200],
    ["more than ext_expires_in", { expires_in: 100, ext_expires_in: 50 }, 100, 100],
    ["overruled by expires_on", { expires_in: 100, expires_on: String(start + 50) }, 50, 100],
  ])("B4.2 reads expires_in that is %s", (_, response, expires, extended) => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response }));
    expect(cache.find("AccessToken")[0]).toMatchObject({
      expires_on: String(start + expires),
      extended_expires_on: String(start + extended),
    });
  });

  it.each([
    ["6BABCAAD-604B-40AC-A9D7-9FD97C0B779F", "6babcaad-604b-40ac-a9d7-9fd97c0b779f"],
    ["Common", "common"],
    ["Contoso.com", "Contoso.com"],
  ])("B1.6 files the tenant %s under the realm %s, by which it is looked up", (tenant, realm) => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { token_endpoint: `https://${host}/${tenant}/oauth2/v2.0/token` }));
    expect(cache.find("AccessToken")[0]?.realm).toBe(realm);
    expect(cache.find("IdToken")[0]?.realm).toBe(realm);
    expect(cache.find("Account")[0]?.realm).toBe(realm);
  });

  it("B1.8 files a regional answer under the environment that it is told", () => {
    const { cache } = startCache();
    cache.add(appAnswer("s", "token", { token_endpoint: "https://westus.login.example/t/token", environment: host }));
    expect(cache.find("AccessToken")[0]?.environment).toBe(host);
  });

  it("B4.8 replaces a refresh token of the same key and makes no account again", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { foci: "1" } }));
    const [account] = cache.find("Account");
    if (account) cache.modify("Account", account, null);
    cache.add(userAnswer("uma", { skip_account_creation: true, response: { refresh_token: "second" } }));
    const [refreshToken, ...more] = cache.find("RefreshToken");
    expect(refreshToken).toMatchObject({ secret: "second" });
    expect(refreshToken).not.toHaveProperty("family_id");
    expect(more).toEqual([]);
    expect(cache.find("Account")).toEqual([]);
  });

  it("replaces an access token whole, so that nothing of the former one is said of the new one", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { refresh_in: 100 } }));
    cache.add(userAnswer("uma"));
    const [entry] = cache.find("AccessToken");
    expect(entry).not.toHaveProperty("refresh_on");
  });

  it("keeps what is known of an account when a later answer says less", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    cache.add(userAnswer("uma", { response: { id_token: undefined } }));
    expect(cache.find("Account")).toMatchObject([{ username: "uma@contoso.com", local_account_id: "uma" }]);
  });

  it("B4.9 remembers an application's family when it gets a token of its own", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { foci: "1" } }));
    cache.add(appAnswer("s", "token"));
    expect(cache.find("AppMetadata")).toMatchObject([{ family_id: "1" }]);
  });

  it("B4.15 keeps tokens got on behalf of a user by two presented tokens apart", () => {
    const { cache } = startCache();
    for (const hash of ["h1", "h2"]) cache.add(userAnswer("uma", { user_assertion_hash: hash }));
    expect(cache.find("AccessToken").map((entry) => entry.user_assertion_hash)).toEqual(["h1", "h2"]);
  });

  it("B4.15 leaves the event that it is given alone", () => {
    const { cache } = startCache();
    const event = userAnswer("uma", { data: { key_id: "key" } });
    const before = structuredClone(event);
    cache.add(event);
    expect(event).toEqual(before);
  });

  it("writes nothing when the id token cannot be read", () => {
    const { cache } = startCache();
    const event = userAnswer("uma", { response: { id_token: "garbage" } });
    expect(() => cache.add(event)).toThrow(MsalError);
    expect(cache.hasStateChanged).toBe(false);
  });

  it("refuses a token endpoint that is none", () => {
    const { cache } = startCache();
    expect(() => cache.add(appAnswer("s", "token", { token_endpoint: "tenant" }))).toThrow(MsalArgumentError);
    expect(() => cache.add(appAnswer("s", "token", { token_endpoint: "tenant" }))).toThrow(/^"token_endpoint" must/);
  });
});
