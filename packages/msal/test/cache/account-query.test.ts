import { describe, expect, it } from "vitest";
import { aliases, host, idToken, startCache, userAnswer } from "./token-answers.ts";

const uma = { environments: aliases, homeAccountId: "uma.home" };
const atAlias = { environment: "login.windows.net" };

describe("looking for refresh tokens", () => {
  it("B4.9 gives the newest first, and of one second the one written last", () => {
    const { cache, clock } = startCache();
    cache.add(userAnswer("uma", { scope: ["b"], response: { refresh_token: "1" } }));
    cache.add(userAnswer("uma", { scope: ["c"], response: { refresh_token: "2" } }));
    clock.advance(1000);
    cache.add(userAnswer("uma", { scope: ["a"], response: { refresh_token: "3" } }));
    clock.advance(1000);
    cache.add(userAnswer("uma", { scope: ["b"], response: { refresh_token: "4" } }));
    expect(cache.findRefreshTokens(uma).map(({ secret }) => secret)).toEqual(["4", "3", "2"]);
  });

  it("B4.5 takes one without a time for the oldest", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { scope: ["a"], response: { refresh_token: "timed" } }));
    cache.add(userAnswer("uma", { scope: ["b"], response: { refresh_token: "timeless" } }));
    const [, timeless] = cache.find("RefreshToken");
    if (timeless) cache.modify("RefreshToken", timeless, { last_modification_time: undefined });
    expect(cache.findRefreshTokens(uma).map(({ secret }) => secret)).toEqual(["timed", "timeless"]);
  });

  it("B4.9 tells clients, families, users and clouds apart", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { foci: "1" } }));
    cache.add(userAnswer("uma", { client_id: "sibling", response: { refresh_token: "sibling's", foci: "1" } }));
    cache.add(userAnswer("uma", { client_id: "stranger", response: { refresh_token: "stranger's" } }));
    cache.add(userAnswer("uma", { environment: "login.example" }));
    cache.add(userAnswer("una"));
    const secrets = (query: { clientId?: string; familyId?: string }): string[] =>
      cache.findRefreshTokens({ ...uma, ...query }).map(({ secret }) => secret);
    expect(secrets({})).toEqual(["stranger's", "sibling's", "rt-uma"]);
    expect(secrets({ clientId: "client" })).toEqual(["rt-uma"]);
    expect(secrets({ familyId: "1" })).toEqual(["sibling's", "rt-uma"]);
    expect(secrets({ familyId: "2" })).toEqual([]);
  });

  it("finds those of nobody in particular", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { client_info: undefined, id_token: undefined } }));
    expect(cache.findRefreshTokens({ ...uma, homeAccountId: null })).toMatchObject([{ secret: "rt-uma" }]);
  });
});

describe("looking for accounts", () => {
  it("B1.7 lists those of the cloud, the host asked for first in front", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", atAlias));
    cache.add(userAnswer("una"));
    cache.add(userAnswer("zoe", { environment: "login.example" }));
    const found = cache.findAccounts({ environments: aliases });
    expect(found.map(({ home_account_id }) => home_account_id)).toEqual(["una.home", "uma.home"]);
  });

  it("finds one user in every tenant", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    cache.add(userAnswer("uma", { token_endpoint: `https://${host}/guest/oauth2/v2.0/token` }));
    cache.add(userAnswer("una"));
    expect(cache.findAccounts(uma).map(({ realm }) => realm)).toEqual(["tenant", "guest"]);
  });
});

describe("looking for app metadata", () => {
  it("finds the client's own, at the host asked for first", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { ...atAlias, response: { foci: "2" } }));
    cache.add(userAnswer("uma", { response: { foci: "1" } }));
    expect(cache.findAppMetadata({ environments: aliases, clientId: "client" })?.family_id).toBe("1");
    expect(cache.findAppMetadata({ environments: aliases.toReversed(), clientId: "client" })?.family_id).toBe("2");
    expect(cache.findAppMetadata({ environments: aliases, clientId: "other" })).toBeUndefined();
    expect(cache.findAppMetadata({ environments: ["login.example"], clientId: "client" })).toBeUndefined();
  });
});

describe("looking for an id token", () => {
  it("finds the user's, at the host asked for first, and there the later one", () => {
    const { cache } = startCache();
    const guest = { token_endpoint: `https://${host}/guest/oauth2/v2.0/token` };
    const tokens = { own: idToken({ n: 1 }), alias: idToken({ n: 2 }), guest: idToken({ n: 3 }) };
    cache.add(userAnswer("uma", { response: { id_token: tokens.own } }));
    cache.add(userAnswer("uma", { ...guest, response: { id_token: tokens.guest } }));
    cache.add(userAnswer("uma", { ...atAlias, response: { id_token: tokens.alias } }));
    const query = { ...uma, clientId: "client" };
    expect(cache.findIdToken(query)?.secret).toBe(tokens.guest);
    expect(cache.findIdToken({ ...query, realm: "tenant" })?.secret).toBe(tokens.own);
    expect(cache.findIdToken({ ...query, environments: aliases.toReversed() })?.secret).toBe(tokens.alias);
    expect(cache.findIdToken({ ...query, realm: "other" })).toBeUndefined();
    expect(cache.findIdToken({ ...query, clientId: "other" })).toBeUndefined();
    expect(cache.findIdToken({ ...query, homeAccountId: null })).toBeUndefined();
  });
});
