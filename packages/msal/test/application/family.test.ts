import { describe, expect, it } from "vitest";
import type { Account, AuthResult } from "../../src/index.ts";
import { type AppWorld, publicApp } from "../support/apps.ts";
import { authority, clientId, refusal, userTokens } from "../support/token-answers.ts";
import { accountOf, signIn } from "./signed-in.ts";

const mismatch = refusal("invalid_grant", { suberror: "client_mismatch" });
const refused = refusal("invalid_grant", { suberror: "token_expired" });

interface Family extends AppWorld {
  readonly account: Account;
  /** A refresh token of another app of the family, newer than those before. */
  readonly sibling: (refreshToken: string) => void;
  /** The app's own refresh token, newer than those before. `foci` says that it is in the family. */
  readonly own: (refreshToken: string, foci?: "1") => void;
  /** Forgets what the cache says of the app, as if another library had written its tokens. */
  readonly forgetApp: () => void;
  readonly renew: () => Promise<AuthResult | null>;
  /** The refresh tokens that were sent, in order. */
  readonly tried: () => (string | undefined)[];
}

function family(): Family {
  const { app, ...world } = publicApp();
  const { cache, clock, provider } = world;
  const add = (client_id: string, refresh_token: string, foci: string | undefined): void => {
    clock.advance(1000);
    signIn(world, { refresh_token, foci, access_token: undefined, event: { client_id } });
  };
  let siblings = 0;
  return {
    ...world,
    account: accountOf(),
    sibling(refreshToken) {
      siblings += 1;
      add(`sibling-${siblings}`, refreshToken, "1");
    },
    own: (refreshToken, foci) => add(clientId, refreshToken, foci),
    forgetApp() {
      for (const entry of cache.find("AppMetadata", { query: { client_id: clientId } })) {
        cache.modify("AppMetadata", entry, null);
      }
    },
    renew: () => app.acquireTokenSilentWithError(["User.Read"], accountOf()),
    tried: () => provider.posts.map(({ form }) => form["refresh_token"]),
  };
}

describe("B4.9 families of applications", () => {
  it("an app of the family uses the family's newest refresh token, whoever got it", async () => {
    const { own, sibling, renew, tried, provider, clock } = family();
    own("own", "1");
    sibling("sibling-older");
    sibling("sibling-newest");
    provider.expectToken(authority, { json: userTokens(clock, { foci: "1" }) });
    expect(await renew()).toMatchObject({ access_token: "access-token" });
    expect(tried()).toEqual(["sibling-newest"]);
  });

  it("puts the new refresh token in the place of the family's", async () => {
    const { own, sibling, renew, provider, clock, cache } = family();
    own("own", "1");
    sibling("sibling");
    provider.expectToken(authority, { json: userTokens(clock, { foci: "1", refresh_token: "renewed" }) });
    await renew();
    expect(cache.find("RefreshToken").map(({ client_id, secret }) => [client_id, secret])).toEqual([
      [clientId, "own"],
      ["sibling-1", "renewed"],
    ]);
  });

  it("marks an app's own refresh token as the family's once an answer says so", async () => {
    const { own, renew, provider, clock, cache } = family();
    own("own");
    provider.expectToken(authority, { json: userTokens(clock, { foci: "1", refresh_token: "renewed" }) });
    await renew();
    expect(cache.find("RefreshToken")).toMatchObject([{ client_id: clientId, secret: "renewed", family_id: "1" }]);
  });

  it("an app of the family tries the family's tokens in turn, newest first", async () => {
    const { own, sibling, renew, tried, provider, clock } = family();
    own("own", "1");
    sibling("sibling");
    provider.expectToken(authority, refused);
    provider.expectToken(authority, { json: userTokens(clock) });
    expect(await renew()).toMatchObject({ access_token: "access-token" });
    expect(tried()).toEqual(["sibling", "own"]);
  });

  it("an app of the family uses its own refresh token from outside the family last", async () => {
    const { own, sibling, renew, tried, provider, clock, cache } = family();
    own("own", "1");
    for (const entry of cache.find("RefreshToken")) cache.modify("RefreshToken", entry, { family_id: undefined });
    sibling("sibling");
    provider.expectToken(authority, refused);
    provider.expectToken(authority, { json: userTokens(clock) });
    expect(await renew()).toMatchObject({ access_token: "access-token" });
    expect(tried()).toEqual(["sibling", "own"]);
  });

  it("an app of the family is told the family's refusal", async () => {
    const { own, renew, provider } = family();
    own("own", "1");
    provider.expectToken(authority, refused);
    expect(await renew()).toMatchObject({ error: "invalid_grant", suberror: "token_expired", classification: "" });
  });

  it("an unknown app tries the family, and knows from the answer that it is in it", async () => {
    const { sibling, renew, tried, provider, clock, cache } = family();
    sibling("sibling");
    provider.expectToken(authority, { json: userTokens(clock, { foci: "1" }) });
    expect(await renew()).toMatchObject({ access_token: "access-token" });
    expect(tried()).toEqual(["sibling"]);
    expect(cache.find("AppMetadata", { query: { client_id: clientId } })).toMatchObject([{ family_id: "1" }]);
  });

  it("an unknown app stops at client_mismatch, and the answer is null", async () => {
    const { sibling, renew, tried, provider } = family();
    sibling("sibling-older");
    sibling("sibling-newest");
    provider.expectToken(authority, mismatch);
    expect(await renew()).toBeNull();
    expect(tried()).toEqual(["sibling-newest"]);
  });

  it("an unknown app is not told another refusal of the family either", async () => {
    const { sibling, renew, provider } = family();
    sibling("sibling");
    provider.expectToken(authority, refused);
    expect(await renew()).toBeNull();
  });

  it.each(["1", undefined] as const)(
    "an unknown app uses its own refresh token after client_mismatch (its family_id: %s)",
    async (foci) => {
      const { own, sibling, forgetApp, renew, tried, provider, clock } = family();
      own("own", foci);
      forgetApp();
      sibling("sibling");
      provider.expectToken(authority, mismatch);
      provider.expectToken(authority, { json: userTokens(clock) });
      expect(await renew()).toMatchObject({ access_token: "access-token" });
      expect(tried()).toEqual(["sibling", "own"]);
    },
  );

  it("an unknown app is told the refusal of its own refresh token", async () => {
    const { own, sibling, forgetApp, renew, provider } = family();
    own("own");
    forgetApp();
    sibling("sibling");
    provider.expectToken(authority, mismatch).expectToken(authority, refused);
    expect(await renew()).toMatchObject({ suberror: "token_expired" });
  });

  it("an app that is known to be in no family uses its own refresh token alone", async () => {
    const { own, sibling, renew, tried, provider } = family();
    own("own");
    sibling("sibling");
    provider.expectToken(authority, refused);
    expect(await renew()).toMatchObject({ suberror: "token_expired" });
    expect(tried()).toEqual(["own"]);
  });

  it("tries no token twice", async () => {
    const { own, renew, tried, provider } = family();
    own("own", "1");
    provider.expectToken(authority, refused);
    await renew();
    expect(tried()).toEqual(["own"]);
  });
});
