import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Account, SerializableTokenCache } from "../../src/index.ts";
import { publicApp } from "../support/apps.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { authority, host, refusal, tenantId, userTokens } from "../support/token-answers.ts";
import { signIn } from "./signed-in.ts";

const alias = "login.windows.net";
const aliasAuthority = `https://${alias}/${tenantId}`;
const issuer = `https://${host}/${tenantId}/v2.0`;
const atAlias = { token_endpoint: `${aliasAuthority}/oauth2/v2.0/token` };

function cacheWrittenBy(library: string, clock: ManualClock): SerializableTokenCache {
  const cache = new SerializableTokenCache({ clock });
  cache.deserialize(readFileSync(new URL(`../cache/fixtures/${library}.json`, import.meta.url), "utf8"));
  return cache;
}

function first([account]: readonly Account[]): Account {
  if (account === undefined) throw new Error("There is no account");
  return account;
}

describe.each([
  ["msal-python", host],
  ["msal-node", alias],
])("B4.5 B1.7 a cache written by %s, under %s", (library, environment) => {
  it.each([tenantId, "common", "organizations"])("gives a silent hit to an app of the tenant %s", async (tenant) => {
    const clock = new ManualClock();
    const { app, provider } = publicApp(
      { authority: `https://${host}/${tenant}`, tokenCache: cacheWrittenBy(library, clock) },
      clock,
    );
    const account = first(await app.getAccounts());
    expect(account).toMatchObject({ username: "user@contoso.com", environment, tenantId });
    expect(await app.acquireTokenSilent(["mail.read"], account)).toMatchObject({
      access_token: "user-access-token",
      token_source: "cache",
      account,
    });
    expect(provider.requests).toEqual([]);
  });

  it("gives a silent refresh, at the host that holds the refresh token", async () => {
    const clock = new ManualClock();
    const tokenCache = cacheWrittenBy(library, clock);
    const { app, provider } = publicApp({ tokenCache }, clock);
    const account = first(await app.getAccounts());
    const asked = `https://${environment}/${tenantId}`;
    provider.knows(asked, { issuer });
    provider.expectToken(asked, { json: userTokens(clock, { access_token: "new", scope: "Files.Read" }) });
    expect(await app.acquireTokenSilent(["Files.Read"], account)).toMatchObject({ access_token: "new" });
    expect(provider.lastPost.form["refresh_token"]).toBe("user-refresh-token");
    expect(tokenCache.find("RefreshToken")).toMatchObject([{ secret: "refresh-token", environment, family_id: "1" }]);
  });

  it("B4.10 lets nothing of the user stay after removal", async () => {
    const clock = new ManualClock();
    const tokenCache = cacheWrittenBy(library, clock);
    const { app } = publicApp({ tokenCache }, clock);
    await app.removeAccount(first(await app.getAccounts()));
    expect(tokenCache.serialize()).not.toMatch(/66f3-3332eca7ea81|user@contoso|user-/);
    expect(tokenCache.find("AccessToken")).toMatchObject([{ secret: "app-access-token" }]);
  });
});

describe("B1.7 the other names of a cloud", () => {
  it("list an account once that two of them hold", async () => {
    const { app, ...world } = publicApp();
    signIn(world, { event: atAlias });
    signIn(world);
    expect(await app.getAccounts()).toMatchObject([{ environment: host }]);
  });

  it("are asked with their own refresh token, after the authority's own host has refused", async () => {
    const { app, provider, ...world } = publicApp();
    signIn(world, { refresh_token: "rt-alias", event: atAlias });
    const account = signIn(world, { refresh_token: "rt-own" });
    provider.knows(aliasAuthority, { issuer });
    provider.expectToken(authority, refusal("invalid_grant"));
    provider.expectToken(aliasAuthority, { json: userTokens(world.clock, { scope: "Mail.Read" }) });
    expect(await app.acquireTokenSilent(["Mail.Read"], account)).toMatchObject({ access_token: "access-token" });
    expect(provider.posts.map(({ form }) => form["refresh_token"])).toEqual(["rt-own", "rt-alias"]);
  });

  it("are not asked when they hold no refresh token", async () => {
    const { app, provider, ...world } = publicApp();
    signIn(world, { refresh_token: undefined, event: atAlias });
    const account = signIn(world);
    provider.expectToken(authority, refusal("invalid_grant"));
    expect(await app.acquireTokenSilent(["Mail.Read"], account)).toBeNull();
  });

  it("lose the user too at removal", async () => {
    const { app, ...world } = publicApp();
    signIn(world, { event: atAlias });
    const account = signIn(world);
    await app.removeAccount(account);
    expect(world.cache.serialize()).not.toContain(account.localAccountId);
  });

  it("B1.4 count for nothing when instance discovery is off", async () => {
    const { app, ...world } = publicApp({ instanceDiscovery: false });
    signIn(world, { event: atAlias });
    expect(await app.getAccounts()).toEqual([]);
  });

  it("B1.4 are asked of Microsoft for a host that the library does not know", async () => {
    const own = "https://login.sovereign.example/contoso";
    const { app, provider, ...world } = publicApp({ authority: own });
    const directory = new URL("https://login.microsoftonline.com/common/discovery/instance");
    directory.searchParams.set("authorization_endpoint", `${own}/oauth2/v2.0/authorize`);
    directory.searchParams.set("api-version", "1.1");
    provider.expect("GET", directory.href, {
      json: { metadata: [{ aliases: ["login.sovereign.example", "sts.sovereign.example"] }] },
    });
    signIn(world, { event: { token_endpoint: "https://sts.sovereign.example/contoso/oauth2/v2.0/token" } });
    expect(await app.getAccounts()).toMatchObject([{ environment: "sts.sovereign.example" }]);
    expect(await app.getAccounts()).toHaveLength(1);
  });
});
