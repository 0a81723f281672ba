import { describe, expect, it } from "vitest";
import type { CacheEntryType } from "../../src/cache/schema.ts";
import { TokenCache } from "../../src/cache/token-cache.ts";
import { aliases, appAnswer, host, startCache, userAnswer } from "./token-answers.ts";

const signOut = { clientId: "client", environments: aliases, homeAccountId: "uma.home" };

/** Every entry's owner and client, by section; app metadata belong to nobody. */
function ownersIn(cache: TokenCache): Partial<Record<CacheEntryType, string[]>> {
  const ownerOf = ({ home_account_id, client_id }: { home_account_id: string | null; client_id: string }): string =>
    `${home_account_id} ${client_id}`;
  return {
    AccessToken: cache.find("AccessToken").map(ownerOf),
    RefreshToken: cache.find("RefreshToken").map(ownerOf),
    IdToken: cache.find("IdToken").map(ownerOf),
    Account: cache.find("Account").map(({ home_account_id }) => `${home_account_id}`),
  };
}

describe("removing an account", () => {
  it("B4.10 leaves nothing of the user: any realm, any alias, whoever wrote it", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    cache.add(userAnswer("uma", { token_endpoint: `https://${host}/guest/oauth2/v2.0/token` }));
    cache.add(userAnswer("uma", { environment: "login.windows.net" }));
    cache.deserialize(cache.serialize().replaceAll(`-${host}-`, `-${host.toUpperCase()}--`));
    cache.removeAccount(signOut);
    expect(ownersIn(cache)).toEqual({ AccessToken: [], RefreshToken: [], IdToken: [], Account: [] });
  });

  it("B4.10 leaves other users, other clouds and the application's own tokens", () => {
    const { cache } = startCache();
    for (const uid of ["uma", "una"]) cache.add(userAnswer(uid));
    cache.add(userAnswer("uma", { environment: "login.example" }));
    cache.add(appAnswer("api", "token"));
    cache.removeAccount(signOut);
    expect(ownersIn(cache)).toEqual({
      AccessToken: ["una.home client", "uma.home client", "null client"],
      RefreshToken: ["una.home client", "uma.home client"],
      IdToken: ["una.home client", "uma.home client"],
      Account: ["una.home", "uma.home"],
    });
  });

  it("B4.10 takes the family's refresh tokens, and leaves a stranger's", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { foci: "1" } }));
    cache.add(userAnswer("uma", { client_id: "sibling", response: { foci: "1" } }));
    cache.add(userAnswer("uma", { client_id: "cousin", response: { foci: "2" } }));
    cache.add(userAnswer("uma", { client_id: "stranger" }));
    cache.removeAccount(signOut);
    expect(ownersIn(cache)).toEqual({
      AccessToken: [],
      RefreshToken: ["uma.home cousin", "uma.home stranger"],
      IdToken: [],
      Account: [],
    });
  });

  it("B4.10 knows the family by the client's own refresh token where there is no app metadata (B4.5)", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { foci: "1" } }));
    cache.add(userAnswer("uma", { client_id: "sibling", response: { foci: "1" } }));
    for (const entry of cache.find("AppMetadata")) cache.modify("AppMetadata", entry, null);
    cache.removeAccount(signOut);
    expect(cache.find("RefreshToken")).toEqual([]);
  });

  it("B4.10 knows the family by the client's app metadata where the client has no refresh token", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma", { response: { refresh_token: undefined, foci: "1" } }));
    cache.add(userAnswer("uma", { client_id: "sibling", response: { foci: "1" } }));
    cache.removeAccount(signOut);
    expect(cache.find("RefreshToken")).toEqual([]);
  });

  it("B4.10 lets a client without a family take no family's refresh token", () => {
    const { cache } = startCache();
    cache.add(userAnswer("uma"));
    cache.add(userAnswer("uma", { client_id: "stranger" }));
    cache.removeAccount(signOut);
    expect(cache.find("RefreshToken")).toMatchObject([{ client_id: "stranger" }]);
  });
});

describe("removing the application's own tokens", () => {
  it("B4.10 takes this client's app tokens in every tenant of the cloud and nothing else", () => {
    const { cache } = startCache();
    cache.add(appAnswer("api", "here"));
    cache.add(appAnswer("api", "there", { token_endpoint: `https://${host}/other/oauth2/v2.0/token` }));
    cache.deserialize(cache.serialize().replace('"home_account_id":null', '"home_account_id":""'));
    cache.add(appAnswer("api", "other client's", { client_id: "other" }));
    cache.add(appAnswer("api", "other cloud's", { environment: "login.example" }));
    cache.add(userAnswer("uma"));
    cache.add(
      userAnswer("una", { user_assertion_hash: "h", response: { client_info: undefined, id_token: undefined } }),
    );
    cache.removeAppTokens({ clientId: "client", environments: aliases });
    const left = cache.find("AccessToken").map(({ secret }) => secret);
    expect(left).toEqual(["other client's", "other cloud's", "at-uma", "at-una"]);
    expect(cache.find("RefreshToken")).toHaveLength(2);
  });
});

describe("a subclass that overrides modify", () => {
  it("B4.15 sees every addition, update, removal and sweep", () => {
    const seen: string[] = [];
    class Watched extends TokenCache {
      override modify: TokenCache["modify"] = (type, entry, changes) => {
        seen.push(`${changes === null ? "remove" : "write"} ${type}`);
        super.modify(type, entry, changes);
      };
    }
    const { clock } = startCache();
    const cache = new Watched({ clock });
    cache.add(userAnswer("uma"));
    expect(seen.splice(0)).toEqual([
      "write AccessToken",
      "write RefreshToken",
      "write IdToken",
      "write Account",
      "write AppMetadata",
    ]);
    clock.advance(3_600_000);
    cache.add(appAnswer("api", "token"));
    expect(seen.splice(0)).toEqual(["write AccessToken", "remove AccessToken"]);
    cache.removeAccount(signOut);
    expect(seen.splice(0)).toEqual(["remove RefreshToken", "remove IdToken", "remove Account"]);
    cache.removeAppTokens(signOut);
    expect(seen).toEqual(["remove AccessToken"]);
  });
});
