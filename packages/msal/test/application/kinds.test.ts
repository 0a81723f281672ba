import { describe, expect, it } from "vitest";
import { AZURE_CHINA, AZURE_US_GOVERNMENT, AuthorityBuilder, type Account } from "../../src/index.ts";
import { type AppWorld, confidentialApp, publicApp } from "../support/apps.ts";
import type { ProviderAnswer } from "../support/fake-provider.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { appTokens, clientInfo, refusal, tenantId, userTokens, type UserTokens } from "../support/token-answers.ts";

/** How one kind of authority is, and what its tokens say. */
interface Kind {
  readonly authority: string;
  readonly issuer: string;
  readonly environment: string;
  readonly realm: string;
  readonly answer?: UserTokens;
  /** What its OpenID configuration has otherwise than the fake's. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly homeAccountId?: string;
  readonly authorityType?: string;
}

const api = "https://api.contoso.com/read";
const domain = "contoso.onmicrosoft.com";
const home = "00000000-0000-0000-0000-00000000a11c";
const b2cHost = "https://contoso.b2clogin.com";
const ofPolicy = (policy: string): UserTokens => ({ client_info: clientInfo({ ...alice, uid: `${home}-${policy}` }) });
const alice = { uid: home, utid: tenantId, username: "alice@contoso.com", name: "Alice Adams" };

const kinds: Readonly<Record<string, Kind>> = {
  ADFS: {
    authority: "https://fs.contoso.com:8443/ADFS",
    issuer: "https://fs.contoso.com:8443/adfs",
    environment: "fs.contoso.com",
    realm: "adfs",
    // As ADFS answers: the API apart from the scopes, nothing of whose the tokens are but in the id token.
    answer: {
      client_info: undefined,
      resource: "https://api.contoso.com",
      scope: "read openid",
      claims: { oid: undefined, tid: undefined, preferred_username: undefined, upn: "alice@contoso.com" },
    },
    homeAccountId: `subject-${home}`,
    authorityType: "ADFS",
  },
  "a B2C policy": {
    authority: `${b2cHost}/${domain}/b2c_1_signin`,
    issuer: `${b2cHost}/${tenantId}/v2.0/`,
    environment: "contoso.b2clogin.com",
    realm: domain,
    answer: ofPolicy("b2c_1_signin"),
    homeAccountId: `${home}-b2c_1_signin.${tenantId}`,
  },
  "a B2C policy that stands in the query of its endpoints": {
    authority: `${b2cHost}/${tenantId}/B2C_1A_own`,
    issuer: `${b2cHost}/${tenantId}/v2.0/`,
    environment: "contoso.b2clogin.com",
    realm: domain,
    answer: ofPolicy("b2c_1a_own"),
    configuration: {
      authorization_endpoint: `${b2cHost}/${domain}/oauth2/v2.0/authorize?p=b2c_1a_own`,
      token_endpoint: `${b2cHost}/${domain}/oauth2/v2.0/token?p=b2c_1a_own`,
    },
    homeAccountId: `${home}-b2c_1a_own.${tenantId}`,
  },
  "a B2C policy after tfp": {
    authority: `https://login.microsoftonline.com/tfp/${domain}/b2c_1_signin`,
    issuer: `https://login.microsoftonline.com/${tenantId}/v2.0/`,
    environment: "login.microsoftonline.com",
    realm: "tfp",
    answer: ofPolicy("b2c_1_signin"),
    homeAccountId: `${home}-b2c_1_signin.${tenantId}`,
  },
  "a B2C policy at a domain of its own": {
    authority: `https://login.contoso.com/${domain}/b2c_1_signin`,
    issuer: `https://login.contoso.com/tfp/${tenantId}/b2c_1_signin/v2.0/`,
    environment: "login.contoso.com",
    realm: domain,
    answer: ofPolicy("b2c_1_signin"),
    configuration: { issuer: `https://login.contoso.com/tfp/${tenantId}/b2c_1_signin/v2.0/` },
    homeAccountId: `${home}-b2c_1_signin.${tenantId}`,
  },
  "External ID": {
    authority: "https://contoso.ciamlogin.com/contoso.onmicrosoft.com",
    issuer: `https://${tenantId}.ciamlogin.com/${tenantId}/v2.0`,
    environment: "contoso.ciamlogin.com",
    realm: tenantId,
    configuration: {
      issuer: `https://${tenantId}.ciamlogin.com/${tenantId}/v2.0`,
      token_endpoint: `https://contoso.ciamlogin.com/${tenantId}/oauth2/v2.0/token`,
    },
  },
  dSTS: {
    authority: `https://dsts.contoso.com/dstsv2/${tenantId}`,
    issuer: `https://dsts.contoso.com/dstsv2/${tenantId}`,
    environment: "dsts.contoso.com",
    realm: tenantId,
    configuration: { issuer: `https://dsts.contoso.com/dstsv2/${tenantId}` },
  },
  "the cloud in China": {
    authority: String(new AuthorityBuilder(AZURE_CHINA, tenantId)),
    issuer: `https://login.partner.microsoftonline.cn/${tenantId}/v2.0`,
    environment: AZURE_CHINA,
    realm: tenantId,
    configuration: { issuer: `https://login.partner.microsoftonline.cn/${tenantId}/v2.0` },
  },
  "the cloud of the government of the United States": {
    authority: String(new AuthorityBuilder(AZURE_US_GOVERNMENT, tenantId)),
    issuer: `https://login.microsoftonline.us/${tenantId}/v2.0`,
    environment: AZURE_US_GOVERNMENT,
    realm: tenantId,
  },
};

const tokenEndpointOf = ({ configuration, authority }: Kind): string => {
  const named = configuration?.["token_endpoint"];
  if (typeof named === "string") return named;
  return /adfs$/i.test(authority) ? "https://fs.contoso.com:8443/adfs/oauth2/token/" : `${authority}/oauth2/v2.0/token`;
};

function answerOf({ issuer, answer }: Kind, { clock }: Pick<AppWorld, "clock">, more: UserTokens = {}): ProviderAnswer {
  const claims = { iss: issuer, ...answer?.claims };
  return { json: userTokens(clock, { user: alice, scope: `${api} openid`, ...answer, ...more, claims }) };
}

function start(kind: Kind) {
  const world = publicApp({ authority: kind.authority });
  world.provider.knows(kind.authority, kind.configuration);
  return world;
}

async function onlyAccount({ app }: ReturnType<typeof start>): Promise<Account> {
  const [account, ...others] = await app.getAccounts();
  if (account === undefined || others.length > 0) throw new Error("There is not one account");
  return account;
}

const named = Object.entries(kinds);

describe.each(named)("B1.2 %s", (_, kind) => {
  const redirectUri = "http://localhost";

  it("B1.4 B5.1 signs a user in by code, and asks Microsoft nothing", async () => {
    const world = start(kind);
    const { app, provider } = world;
    const flow = await app.initiateAuthCodeFlow([api], { redirectUri });
    const authorize = new URL(flow.auth_uri);
    expect(authorize.searchParams.get("response_type")).toBe("code");
    const { nonce } = Object.fromEntries(authorize.searchParams);
    const reply = answerOf({ ...kind, answer: { ...kind.answer, claims: { ...kind.answer?.claims, nonce } } }, world);
    provider.expect("POST", tokenEndpointOf(kind), reply);
    const result = await app.acquireTokenByAuthCodeFlow(flow, { code: "code", state: flow.state });
    expect(result).toMatchObject({
      access_token: "access-token",
      account: {
        username: "alice@contoso.com",
        environment: kind.environment,
        authorityType: kind.authorityType ?? "MSSTS",
        homeAccountId: kind.homeAccountId ?? `${home}.${tenantId}`,
      },
    });
    expect(provider.requests).toHaveLength(2);
  });

  it("B1.6 files tokens under its realm, finds them again, renews them, and lets nothing stay (B4.10)", async () => {
    const world = start(kind);
    const { app, provider, cache, clock } = world;
    const endpoint = tokenEndpointOf(kind);
    provider.expect("POST", endpoint, answerOf(kind, world));
    await app.acquireTokenByRefreshToken("rt", [api]);
    expect(cache.find("AccessToken")).toMatchObject([{ realm: kind.realm, environment: kind.environment }]);
    const account = await onlyAccount(world);
    expect(await app.acquireTokenSilent([api], account)).toMatchObject({ token_source: "cache" });
    clock.advance(3_600_000);
    provider.expect("POST", endpoint, answerOf(kind, world, { access_token: "second" }));
    expect(await app.acquireTokenSilent([api], account)).toMatchObject({ access_token: "second" });
    expect(provider.lastPost.form).toMatchObject({ grant_type: "refresh_token", refresh_token: "refresh-token" });
    expect(await app.acquireTokenSilent([api], account)).toMatchObject({
      access_token: "second",
      token_source: "cache",
    });
    expect(await onlyAccount(world)).toEqual(account);
    await app.removeAccount(account);
    expect(cache.serialize()).not.toMatch(/access-token|refresh-token|second|a11c/);
  });

  it("B5.5 starts the device flow where the metadata names it", async () => {
    const { app, provider } = start(kind);
    const endpoint = "https://elsewhere.contoso.com/devicecode";
    provider.knows(kind.authority, { ...kind.configuration, device_authorization_endpoint: endpoint });
    const device = { user_code: "U", device_code: "D", verification_uri: "https://x", expires_in: 900 };
    provider.expect("POST", endpoint, { json: device });
    expect(await app.initiateDeviceFlow([api])).toMatchObject({ user_code: "U" });
    provider.knows(kind.authority, { ...kind.configuration, device_authorization_endpoint: null });
  });

  it("B5.7 gives an application its own token, from the cache the second time", async () => {
    const { app, provider } = confidentialApp({ authority: kind.authority });
    provider.knows(kind.authority, kind.configuration);
    provider.expect("POST", tokenEndpointOf(kind), { json: appTokens() });
    await app.acquireTokenForClient([api]);
    expect(await app.acquireTokenForClient([api])).toMatchObject({ token_source: "cache" });
  });

  it("B7.3 caches nothing of a token of another issuer", async () => {
    const world = start(kind);
    world.provider.expect("POST", tokenEndpointOf(kind), answerOf({ ...kind, issuer: "https://evil.example/" }, world));
    const error = await msalErrorFrom(world.app.acquireTokenByRefreshToken("rt", [api]));
    expect(error.code).toBe("invalid_id_token");
    expect(error.message).toContain(`expected "${kind.issuer}", found "https://evil.example/"`);
    expect(world.cache.find("AccessToken")).toEqual([]);
  });

  it("B5.3 sends nothing to a token endpoint that another issuer's metadata names", async () => {
    const { app, provider } = start(kind);
    provider.knows(kind.authority, { ...kind.configuration, issuer: "https://evil.example/" });
    const error = await msalErrorFrom(app.acquireTokenByRefreshToken("rt", [api]));
    expect(error.code).toBe("issuer_mismatch");
    expect(error.message).toContain('"https://evil.example/"');
    expect(provider.posts).toEqual([]);
  });

  it("B5.3 holds the token against the address where the metadata names no issuer", async () => {
    const world = start(kind);
    const { app, provider, cache } = world;
    provider.knows(kind.authority, { ...kind.configuration, issuer: undefined });
    const endpoint = tokenEndpointOf(kind);
    provider.expect("POST", endpoint, answerOf({ ...kind, issuer: "https://evil.example/" }, world));
    const error = await msalErrorFrom(app.acquireTokenByRefreshToken("rt", [api]));
    expect(error).toMatchObject({ code: "invalid_id_token" });
    expect(error.message).toContain('"https://evil.example/" is no issuer of');
    expect(cache.find("AccessToken")).toEqual([]);
    provider.expect("POST", endpoint, answerOf(kind, world));
    expect(await app.acquireTokenByRefreshToken("rt", [api])).toHaveProperty("access_token");
  });
});

describe("B5.3 validateAuthority: false", () => {
  it("takes the metadata's issuer as it is, and still holds the token against it", async () => {
    const authority = `https://login.contoso.com/${domain}`;
    const issuer = "https://idp.fabrikam.example/";
    const world = publicApp({ authority, validateAuthority: false });
    const { app, provider, clock } = world;
    provider.knows(authority, { issuer });
    const answer = (iss: string): ProviderAnswer => ({ json: userTokens(clock, { claims: { iss } }) });
    provider.expectToken(authority, answer("https://evil.example/")).expectToken(authority, answer(issuer));
    const refused = await msalErrorFrom(app.acquireTokenByRefreshToken("rt", [api]));
    expect(refused.code).toBe("invalid_id_token");
    expect(await app.acquireTokenByRefreshToken("rt", [api])).toHaveProperty("access_token");
  });
});

describe("B1.6 two policies of one B2C tenant", () => {
  const [signIn, edit] = ["b2c_1_signin", "b2c_1_edit"].map((policy) => `${b2cHost}/${domain}/${policy}`) as [
    string,
    string,
  ];
  const kindOf = (policy: string): Kind => ({
    authority: `${b2cHost}/${domain}/${policy}`,
    issuer: `${b2cHost}/${tenantId}/v2.0/`,
    environment: "contoso.b2clogin.com",
    realm: domain,
    answer: ofPolicy(policy),
  });

  it("keep a user's tokens apart by the home account, which names the policy", async () => {
    const world = start(kindOf("b2c_1_signin"));
    const { app, provider } = world;
    provider.knows(edit).expectToken(signIn, answerOf(kindOf("b2c_1_signin"), world));
    await app.acquireTokenByUsernamePassword("alice", "password", [api]);
    const { app: editor } = publicApp({ authority: edit, fetch: provider.fetch, tokenCache: world.cache });
    provider.expectToken(edit, answerOf(kindOf("b2c_1_edit"), world, { access_token: "of-edit" }));
    await editor.acquireTokenByUsernamePassword("alice", "password", [api]);
    const accounts = await app.getAccounts();
    expect(accounts.map((each) => each.homeAccountId)).toEqual([
      `${home}-b2c_1_signin.${tenantId}`,
      `${home}-b2c_1_edit.${tenantId}`,
    ]);
    const tokens = await Promise.all(accounts.map((each) => app.acquireTokenSilent([api], each)));
    expect(tokens.map((token) => token?.access_token)).toEqual(["access-token", "of-edit"]);
    for (const account of accounts.slice(0, 1)) await app.removeAccount(account);
    expect(world.cache.find("AccessToken")).toMatchObject([{ secret: "of-edit" }]);
  });

  it("renew at the policy that the call names, where the server has the last word", async () => {
    const world = start(kindOf("b2c_1_signin"));
    const { app, provider } = world;
    provider.expectToken(signIn, answerOf(kindOf("b2c_1_signin"), world));
    await app.acquireTokenByUsernamePassword("alice", "password", [api]);
    provider.knows(edit).expectToken(edit, refusal("invalid_grant", { error_description: "AADB2C90088" }));
    const account = await onlyAccount(world);
    const result = await app.acquireTokenSilentWithError(["https://other/read"], account, { authority: edit });
    expect(result).toMatchObject({ error: "invalid_grant" });
  });
});

describe("B1.6 two dSTS tenants of one host", () => {
  it("do not share an application's tokens", async () => {
    const [one, two] = ["tenant-one", "tenant-two"].map((tenant) => `https://dsts.contoso.com/dstsv2/${tenant}`) as [
      string,
      string,
    ];
    const issuer = "https://dsts.contoso.com/dstsv2/t";
    const { app, provider, cache } = confidentialApp({ authority: one });
    provider.knows(one, { issuer }).knows(two, { issuer });
    const { app: other } = confidentialApp({ authority: two, fetch: provider.fetch, tokenCache: cache });
    provider.expectToken(one, { json: appTokens({ access_token: "one" }) });
    provider.expectToken(two, { json: appTokens({ access_token: "two" }) });
    await app.acquireTokenForClient([api]);
    expect(await other.acquireTokenForClient([api])).toMatchObject({ access_token: "two" });
  });
});

describe("B4.4 a user of ADFS", () => {
  it("is called by unique_name where no upn comes, unless a name was typed", async () => {
    const kind = kinds["ADFS"] as Kind;
    const claims = { ...kind.answer?.claims, upn: undefined, unique_name: "CONTOSO\\alice" };
    for (const [name, username] of [
      ["alice@contoso.com", "alice@contoso.com"],
      [undefined, "CONTOSO\\alice"],
    ]) {
      const world = start(kind);
      world.provider.expect(
        "POST",
        tokenEndpointOf(kind),
        answerOf({ ...kind, answer: { ...kind.answer, claims } }, world),
      );
      await (name === undefined
        ? world.app.acquireTokenByRefreshToken("rt", [api])
        : world.app.acquireTokenByUsernamePassword(name, "password", [api]));
      expect(await world.app.getAccounts()).toMatchObject([{ username }]);
    }
  });
});

describe("B4.4 a user of B2C", () => {
  it("is called by the first of the e-mail addresses where no better name comes", async () => {
    const kind = kinds["a B2C policy"] as Kind;
    for (const [emails, username] of [
      [["alice@contoso.com", "a@contoso.com"], "alice@contoso.com"],
      [[], ""],
      ["alice@contoso.com", ""],
    ]) {
      const world = start(kind);
      const claims = { preferred_username: undefined, emails };
      world.provider.expect(
        "POST",
        tokenEndpointOf(kind),
        answerOf({ ...kind, answer: { ...kind.answer, claims } }, world),
      );
      await world.app.acquireTokenByRefreshToken("rt", [api]);
      expect(await world.app.getAccounts()).toMatchObject([{ username }]);
    }
  });
});

describe("B4.5 a user's token of B2C that another library wrote", () => {
  it.each([tenantId, "b2c_1_signin"])(
    "is found under %s, which the id token named, and under no other realm",
    async (realm) => {
      const kind = kinds["a B2C policy"];
      if (kind === undefined) throw new Error("There is no such kind.");
      const world = start(kind);
      const { app, cache } = world;
      world.provider.expect("POST", tokenEndpointOf(kind), answerOf(kind, world));
      await app.acquireTokenByRefreshToken("rt", [api]);
      const account = await onlyAccount(world);
      const [entry] = cache.find("AccessToken");
      if (entry === undefined) throw new Error("There is no token.");
      cache.modify("AccessToken", entry, { realm: "b2c_1_other" });
      world.provider.expect("POST", tokenEndpointOf(kind), refusal("invalid_grant"));
      expect(await app.acquireTokenSilent([api], account)).toBeNull();
      for (const each of cache.find("AccessToken")) cache.modify("AccessToken", each, { realm });
      expect(await app.acquireTokenSilent([api], account)).toMatchObject({ token_source: "cache" });
    },
  );
});
