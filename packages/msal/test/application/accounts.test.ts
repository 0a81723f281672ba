import { describe, expect, it } from "vitest";
import { type Account, PublicClientApplication } from "../../src/index.ts";
import { confidentialApp, publicApp } from "../support/apps.ts";
import { alice, appTokens, authority, bob, clientId, homeAccountId, host, tenantId } from "../support/token-answers.ts";
import { accountOf, signIn } from "./signed-in.ts";

const guestTenant = "00000000-0000-0000-0000-00000000abcd";
const asGuest = { event: { token_endpoint: `https://${host}/${guestTenant}/oauth2/v2.0/token` } };

describe("getAccounts", () => {
  it("lists who has signed in, as plain objects, without any network", async () => {
    const { app, provider, ...world } = publicApp();
    signIn(world);
    signIn(world, { user: bob });
    const accounts = await app.getAccounts();
    expect(accounts).toEqual([accountOf(alice), accountOf(bob)]);
    expect(JSON.parse(JSON.stringify(accounts))).toEqual(accounts);
    expect(provider.requests).toEqual([]);
  });

  it("lists nobody before the first sign-in, nor for an application's own tokens", async () => {
    const { app, provider } = confidentialApp();
    expect(await app.getAccounts()).toEqual([]);
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(["api/.default"]);
    expect(await app.getAccounts()).toEqual([]);
  });

  it("B1.7 lists a user once, in the home tenant where that is known", async () => {
    const { app, ...world } = publicApp();
    signIn(world, asGuest);
    expect(await app.getAccounts()).toMatchObject([{ tenantId: guestTenant }]);
    signIn(world);
    expect(await app.getAccounts()).toMatchObject([{ tenantId, homeAccountId: homeAccountId(alice) }]);
  });

  it.each(["common", "organizations", "consumers"])(
    "B1.7 names the home tenant of an account that is filed under %s, where the id tells it",
    async (realm) => {
      const { app, cache } = publicApp();
      const entry = { environment: host, realm, local_account_id: "", username: "", authority_type: "MSSTS" };
      cache.modify("Account", { ...entry, home_account_id: homeAccountId(alice) }, {});
      cache.modify("Account", { ...entry, home_account_id: "subject" }, {});
      expect((await app.getAccounts()).map((account) => account.tenantId)).toEqual([tenantId, realm]);
    },
  );

  it("lists those of a name alone, whatever its case", async () => {
    const { app, ...world } = publicApp();
    signIn(world);
    signIn(world, { user: bob });
    expect(await app.getAccounts({ username: "BOB@contoso.com" })).toEqual([accountOf(bob)]);
    expect(await app.getAccounts({ username: "carol@contoso.com" })).toEqual([]);
  });

  it("lists users of this cloud alone", async () => {
    const { app, ...world } = publicApp();
    signIn(world, { event: { token_endpoint: "https://login.microsoftonline.us/t/oauth2/v2.0/token" } });
    expect(await app.getAccounts()).toEqual([]);
  });

  it.each([null, ""])("B4.5 leaves out an account of nobody (%j) that another library wrote", async (nobody) => {
    const { app, cache } = publicApp();
    const entry = { environment: host, realm: tenantId, local_account_id: "", username: "", authority_type: "MSSTS" };
    cache.modify("Account", { ...entry, home_account_id: nobody }, {});
    expect(cache.find("Account")).toHaveLength(1);
    expect(await app.getAccounts()).toEqual([]);
  });

  it("does not hand out what the cache holds", async () => {
    const { app, ...world } = publicApp();
    signIn(world);
    const [account] = await app.getAccounts();
    if (account !== undefined) account.username = "changed";
    expect(await app.getAccounts()).toEqual([accountOf(alice)]);
  });

  it("refuses a username that is no string", async () => {
    const { app } = publicApp();
    await expect(app.getAccounts({ username: 1 as unknown as string })).rejects.toThrow('"username" must be a string');
  });
});

describe("removeAccount", () => {
  it("B4.10 lets nothing of the user stay, in any tenant, and leaves the others alone", async () => {
    const { app, provider, ...world } = publicApp();
    signIn(world);
    signIn(world, asGuest);
    signIn(world, { user: bob });
    await app.removeAccount(JSON.parse(JSON.stringify(accountOf(alice))) as Account);
    expect(world.cache.serialize()).not.toMatch(new RegExp(`${alice.uid}|${alice.username}`));
    expect(await app.getAccounts()).toEqual([accountOf(bob)]);
    expect(await app.acquireTokenSilent(["User.Read"], accountOf(bob))).toMatchObject({ token_source: "cache" });
    expect(await app.acquireTokenSilent(["User.Read"], accountOf(alice))).toBeNull();
    expect(provider.requests).toEqual([]);
  });

  it("B4.10 signs the user out of the app's family, and of no other app", async () => {
    const { app, ...world } = publicApp();
    signIn(world, { foci: "1" });
    signIn(world, { foci: "1", refresh_token: "rt-sibling", event: { client_id: "sibling" } });
    signIn(world, { refresh_token: "rt-stranger", event: { client_id: "stranger" } });
    await app.removeAccount(accountOf(alice));
    expect(world.cache.find("RefreshToken").map(({ secret }) => secret)).toEqual(["rt-stranger"]);
  });

  it("leaves the application's own tokens alone", async () => {
    const { app, provider, ...world } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(["api/.default"]);
    signIn(world);
    await app.removeAccount(accountOf(alice));
    expect(await app.acquireTokenForClient(["api/.default"])).toMatchObject({ token_source: "cache" });
  });

  it("is no fault when the user is gone already", async () => {
    const { app } = publicApp();
    await expect(app.removeAccount(accountOf(alice))).resolves.toBeUndefined();
  });

  it("removes an account of another cloud that a shared cache holds", async () => {
    const { cache, clock } = publicApp();
    const environment = "login.microsoftonline.us";
    signIn({ cache, clock }, { event: { token_endpoint: `https://${environment}/t/oauth2/v2.0/token` } });
    const app = new PublicClientApplication({ clientId, tokenCache: cache, clock });
    await app.removeAccount({ ...accountOf(alice), environment });
    expect(cache.find("Account")).toEqual([]);
  });

  it.each([null, "alice@contoso.com", {}, { homeAccountId: "", environment: host }])(
    "refuses %j, which is no account",
    async (account) => {
      const { app } = publicApp();
      await expect(app.removeAccount(account as Account)).rejects.toThrow('"account" must be one of the accounts');
    },
  );
});
