import { describe, expect, it } from "vitest";
import type { AccessTokenQuery } from "../../src/cache/access-token-query.ts";
import { aliases, appAnswer, host, startCache, userAnswer } from "./token-answers.ts";

const uma: AccessTokenQuery = {
  clientId: "client",
  environments: aliases,
  realms: ["tenant"],
  homeAccountId: "uma.home",
  scopes: ["user.READ"],
};
const own: AccessTokenQuery = { ...uma, homeAccountId: null, scopes: ["api"] };

describe("looking for an access token", () => {
  it("B4.6 finds one whose target holds every asked scope, in any case and order", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    expect(cache.findAccessToken({ ...uma, scopes: ["OpenID", "user.read"] })?.secret).toBe("at-uma");
  });

  it.each([
    ["scope", { scopes: ["User.Read", "Mail.Read"] }],
    ["client", { clientId: "other" }],
    ["environment", { environments: ["login.example"] }],
    ["realm", { realms: ["other"] }],
    ["home account", { homeAccountId: "una.home" }],
    ["owner: the application", { homeAccountId: null }],
    ["key", { keyId: "key" }],
    ["assertion", { userAssertionHash: "hash" }],
  ])("B4.6 finds none of another %s", (_, difference) => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    expect(cache.findAccessToken(uma)).toBeDefined();
    expect(cache.findAccessToken({ ...uma, ...difference })).toBeUndefined();
  });

  it("B7.4 gives a key-bound token to a call that names its key, and to no other", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { data: { key_id: "key" } }));
    expect(cache.findAccessToken({ ...uma, keyId: "key" })?.secret).toBe("at-uma");
    expect(cache.findAccessToken({ ...uma, keyId: "another" })).toBeUndefined();
    expect(cache.findAccessToken(uma)).toBeUndefined();
  });

  it("B4.6 passes over the proof-of-possession tokens of other libraries, which name no key here", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    const state = cache.serialize().replace('"AccessToken","secret"', '"AccessToken_With_AuthScheme","secret"');
    cache.deserialize(state);
    expect(cache.find("AccessToken")).toMatchObject([{ credential_type: "AccessToken_With_AuthScheme" }]);
    expect(cache.findAccessToken(uma)).toBeUndefined();
  });

  it("B4.6 counts a token with less than five minutes left as expired", () => {
    const { cache, clock } = startCache();
    cache.add(userAnswer("uma"));
    clock.advance(3_300_000);
    expect(cache.findAccessToken(uma)?.secret).toBe("at-uma");
    clock.advance(1000);
    expect(cache.findAccessToken(uma)).toBeUndefined();
  });

  it("takes a token without a readable end for expired", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    const [entry] = cache.find("AccessToken");
    if (entry) cache.modify("AccessToken", entry, { expires_on: "soon" });
    expect(cache.findAccessToken(uma)).toBeUndefined();
  });

  it("B4.5 B7.5 prefers the token cached last, wherever it stands", () => {
    const { cache, clock } = startCache();
    cache.add(userAnswer("uma", { environment: "login.windows.net", response: { access_token: "old" } }));
    clock.advance(1000);
    cache.add(userAnswer("uma", { scope: ["User.Read"], response: { access_token: "new" } }));
    expect(cache.findAccessToken(uma)?.secret).toBe("new");
    clock.advance(1000);
    cache.add(userAnswer("uma", { environment: "login.windows.net", response: { access_token: "newest" } }));
    expect(cache.findAccessToken(uma)?.secret).toBe("newest");
  });

  it("B4.5 prefers the newer token of two tenants' names", () => {
    const { cache, clock } = startCache();
    const domain = { token_endpoint: `https://${host}/contoso.com/oauth2/v2.0/token` };
    cache.add(userAnswer("uma", { ...domain, response: { access_token: "by domain" } }));
    clock.advance(1000);
    cache.add(userAnswer("uma", { response: { access_token: "by id" } }));
    for (const realms of [
      ["tenant", "contoso.com"],
      ["contoso.com", "tenant"],
    ]) {
      expect(cache.findAccessToken({ ...uma, realms })?.secret).toBe("by id");
    }
  });

  it("B4.5 of two tokens of one second prefers the environment named first, then the later one", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { access_token: "own" } }));
    cache.add(userAnswer("uma", { environment: "login.windows.net", response: { access_token: "alias" } }));
    expect(cache.findAccessToken(uma)?.secret).toBe("own");
    expect(cache.findAccessToken({ ...uma, environments: aliases.toReversed() })?.secret).toBe("alias");
    cache.add(userAnswer("uma", { scope: ["User.Read"], response: { access_token: "later" } }));
    expect(cache.findAccessToken(uma)?.secret).toBe("later");
  });

  it("B4.6 passes over an expired token for an older one that is still good", () => {
    const { cache, clock } = startCache();
    cache.add(userAnswer("uma", { response: { access_token: "long", expires_in: 7200 } }));
    clock.advance(1000);
    cache.add(userAnswer("uma", { scope: ["User.Read"], response: { access_token: "short", expires_in: 400 } }));
    expect(cache.findAccessToken(uma)?.secret).toBe("short");
    clock.advance(200_000);
    expect(cache.findAccessToken(uma)?.secret).toBe("long");
  });

  it("prefers a token with a readable birth to one without", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { access_token: "unborn" } }));
    const [unborn] = cache.find("AccessToken");
    if (unborn) cache.modify("AccessToken", unborn, { cached_at: "once" });
    cache.add(userAnswer("uma", { scope: ["User.Read"], response: { access_token: "born" } }));
    expect(cache.findAccessToken(uma)?.secret).toBe("born");
    if (unborn) cache.modify("AccessToken", unborn, { cached_at: "upon a time" });
    expect(cache.findAccessToken(uma)?.secret).toBe("born");
  });

  it("B4.5 finds app tokens whose home account is null, empty or absent", () => {
    const { cache } = startCache();
    cache.add(appAnswer("api", "token"));
    const written = cache.serialize();
    for (const other of ['"home_account_id":"",', ""]) {
      cache.deserialize(written.replace('"home_account_id":null,', other));
      expect(cache.findAccessToken(own)?.secret).toBe("token");
    }
  });

  it("B5.8 finds a token by the presented token, whosever it is", () => {
    const { cache } = startCache();
    for (const hash of ["h1", "h2"]) {
      cache.add(userAnswer("uma", { user_assertion_hash: hash, response: { access_token: `for ${hash}` } }));
    }
    const { homeAccountId: _, ...anybody } = uma;
    expect(cache.findAccessToken({ ...anybody, userAssertionHash: "h1" })?.secret).toBe("for h1");
    expect(cache.findAccessToken({ ...uma, userAssertionHash: "h2" })?.secret).toBe("for h2");
    expect(cache.findAccessToken({ ...uma, userAssertionHash: "h3" })).toBeUndefined();
    expect(cache.findAccessToken({ ...uma, homeAccountId: "una.home", userAssertionHash: "h1" })).toBeUndefined();
    expect(cache.findAccessToken(uma)?.secret).toBe("for h2");
  });

  it("B5.8 never takes a token got on behalf of somebody for the application's own", () => {
    const { cache } = startCache();
    cache.add(
      userAnswer("uma", {
        scope: ["api"],
        user_assertion_hash: "h1",
        response: { client_info: undefined, id_token: undefined },
      }),
    );
    expect(cache.find("AccessToken")).toMatchObject([{ home_account_id: null }]);
    expect(cache.findAccessToken(own)).toBeUndefined();
    expect(cache.findAccessToken({ ...own, userAssertionHash: "h1" })?.secret).toBe("at-uma");
  });

  it("finds nobody's token without an owner and without an assertion", () => {
    const { cache } = startCache();
    cache.add(appAnswer("api", "token"));
    const { homeAccountId: _, ...nobody } = own;
    expect(cache.findAccessToken(nobody)).toBeUndefined();
  });
});
