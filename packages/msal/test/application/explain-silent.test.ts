import { describe, expect, it, vi } from "vitest";
import { type Account, type SilentExplanation, SerializableTokenCache } from "../../src/index.ts";
import { type AppWorld, confidentialApp, publicApp } from "../support/apps.ts";
import {
  alice,
  appTokens,
  authority,
  bob,
  clientId,
  host,
  refusal,
  tenantId,
  userTokens,
} from "../support/token-answers.ts";
import { accountOf, signIn } from "./signed-in.ts";

const otherTenant = "00000000-0000-0000-0000-00000000abcd";
const endpointOf = (place: string): string => `https://${place}/oauth2/v2.0/token`;

/** The verdicts on access tokens, those listed first. */
function verdicts({ accessTokens }: SilentExplanation): unknown {
  return [accessTokens.listed.map(({ verdict }) => verdict), accessTokens.others];
}

describe("B5.14 explainSilent, where an access token answers", () => {
  it("says that it is given, and tells of it all but the token", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world, { refresh_in: 1800 });
    world.clock.advance(600_000);
    expect(await app.explainSilent(["user.READ"], account)).toEqual({
      outcome: "cached",
      question: {
        clientId,
        scopes: ["user.READ"],
        authority,
        environments: [host, "login.windows.net", "login.microsoft.com", "sts.windows.net"],
        tenants: [tenantId],
        user: `00000000….${tenantId}`,
        isAccountKnown: true,
        forceRefresh: false,
        hasClaimsChallenge: false,
        isBound: false,
      },
      discovery: [],
      accessTokens: {
        total: 1,
        listed: [
          {
            verdict: "given",
            clientId,
            environment: host,
            tenant: tenantId,
            scopes: "User.Read openid profile",
            expiresIn: 3000,
            refreshIn: 1200,
            age: 600,
            isBound: false,
            isOnBehalfOf: false,
          },
        ],
        others: {},
      },
      attempts: [{ role: "own", clientId, environment: host, age: 600 }],
      refreshTokens: { total: 0, listed: [], others: {} },
      text: expect.stringMatching(/^A silent call of msal-ts \S+ would come to "cached"/) as string,
    });
    expect(provider.requests).toEqual([]);
  });

  it("B4.7 says that an aging one is given and renewed in the background", async () => {
    const { app, ...world } = publicApp();
    const account = signIn(world, { refresh_in: 60 });
    world.clock.advance(60_000);
    expect(await app.explainSilent(["User.Read"], account)).toMatchObject({
      outcome: "cached",
      request: { inBackground: true, reason: "aging", telemetry: "4|84,4|" },
    });
  });

  it.each(["forceRefresh", "claimsChallenge"] as const)("says that %s leaves it aside", async (option) => {
    const { app, ...world } = publicApp();
    const account = signIn(world);
    const options = option === "forceRefresh" ? { forceRefresh: true } : { claimsChallenge: "{}" };
    const explanation = await app.explainSilent(["User.Read"], account, options);
    expect(verdicts(explanation)).toEqual([["left_aside"], {}]);
    expect(explanation).toMatchObject({ outcome: "request", request: { reason: "forced", telemetry: "4|84,1|" } });
    expect(explanation.text).toContain(`Options: ${option} (access tokens are left aside)`);
  });

  it("B4.5 says which one is superseded by one cached later", async () => {
    const { app, ...world } = publicApp();
    signIn(world);
    world.clock.advance(1000);
    signIn(world, { scope: "User.Read", event: { scope: ["User.Read"] } });
    const explanation = await app.explainSilent(["User.Read"], accountOf());
    expect(verdicts(explanation)).toEqual([["given", "superseded"], {}]);
    expect(explanation.accessTokens.listed[1]).toMatchObject({ scopes: "User.Read openid profile", age: 1 });
  });
});

describe("B5.14 B4.6 explainSilent, of an access token that does not answer", () => {
  it.each([
    ["expired", { expires_in: 299 }],
    ["fewer_scopes", { event: { scope: ["Mail.Read"] } }],
    ["other_key", { event: { data: { key_id: "key" } } }],
    ["other_tenant", { event: { token_endpoint: endpointOf(`${host}/${otherTenant}`) } }],
    ["other_host", { event: { token_endpoint: endpointOf(`login.microsoftonline.us/${tenantId}`) } }],
    ["other_client", { event: { client_id: "another-client" } }],
  ])("says %s", async (verdict, answer) => {
    const { app, ...world } = publicApp();
    signIn(world, answer);
    const explanation = await app.explainSilent(["User.Read"], accountOf());
    expect(verdicts(explanation)).toEqual([[verdict], {}]);
    expect(explanation.text).toContain(`- ${verdict}: `);
  });

  it("says other_kind of another library's proof-of-possession token", async () => {
    const { app, cache, ...world } = publicApp();
    signIn({ cache, ...world });
    cache.deserialize(cache.serialize().replace('"AccessToken","secret"', '"AccessToken_With_AuthScheme","secret"'));
    expect(verdicts(await app.explainSilent(["User.Read"], accountOf()))).toEqual([["other_kind"], {}]);
  });

  it("counts those of other users without telling of them", async () => {
    const { app, ...world } = publicApp();
    signIn(world, { user: bob });
    const explanation = await app.explainSilent(["User.Read"], accountOf(alice));
    expect(verdicts(explanation)).toEqual([[], { other_user: 1 }]);
    expect(explanation).toMatchObject({
      outcome: "nothing",
      question: { isAccountKnown: false },
      refreshTokens: { total: 1, listed: [], others: { other_user: 1 } },
    });
    expect(explanation.text).toContain("0 of 1 shown; others: 1 other_user");
  });

  it("says other_key of a token without key when the call names one", async () => {
    const { app, ...world } = publicApp();
    const account = signIn(world);
    const explanation = await app.explainSilent(["User.Read"], account, { data: { key_id: "key", extra: "value" } });
    expect(verdicts(explanation)).toEqual([["other_key"], {}]);
    expect(explanation).toMatchObject({
      question: { isBound: true },
      request: { data: ["key_id", "extra"], reason: "no_token" },
    });
  });

  it("lists the ten nearest of many, and counts the others", async () => {
    const { app, ...world } = publicApp();
    for (let number = 0; number < 8; number += 1) {
      signIn(world, { event: { client_id: `client-${number}` } });
      signIn(world, { expires_in: 100, event: { scope: ["User.Read", `scope-${number}`] } });
    }
    const explanation = await app.explainSilent(["User.Read"], accountOf());
    const listed = [...Array<string>(8).fill("expired"), "other_client", "other_client"];
    expect(verdicts(explanation)).toEqual([listed, { other_client: 6 }]);
    expect(explanation.accessTokens.total).toBe(16);
  });
});

describe("B5.14 explainSilent, for the application itself", () => {
  it("tells of its own tokens, and that it has no refresh token", async () => {
    const { app, provider, cache, clock } = confidentialApp();
    signIn({ cache, clock });
    expect(await app.explainSilent(["api/.default"], null)).toMatchObject({
      outcome: "nothing",
      question: { user: null },
      attempts: [],
      refreshTokens: { others: { other_user: 1 } },
    });
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(["api/.default"]);
    const explanation = await app.explainSilent(["api/.default"], null);
    expect(explanation.outcome).toBe("cached");
    expect(explanation.text).toContain("For: the application itself");
  });

  it("B5.8 does not take a token that was got on behalf of a user for its own", async () => {
    const { app, provider } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenOnBehalfOf("assertion", ["api/.default"]);
    const explanation = await app.explainSilent(["api/.default"], null);
    expect(verdicts(explanation)).toEqual([["other_assertion"], {}]);
    expect(explanation.accessTokens.listed[0]).toMatchObject({ isOnBehalfOf: true });
  });
});

describe("B5.14 explainSilent, where a refresh token would be redeemed", () => {
  it("tells the first request, its refresh token aside", async () => {
    const { app, ...world } = publicApp({ clientCapabilities: ["CP1"] });
    const account = signIn(world);
    expect(await app.explainSilent(["Mail.Read"], account)).toMatchObject({
      outcome: "request",
      request: {
        authority,
        inBackground: false,
        grantType: "refresh_token",
        scope: "Mail.Read offline_access openid profile",
        claims: "capabilities",
        reason: "no_token",
        telemetry: "4|84,2|",
        credential: "none",
        anchorMailbox: `Oid:00000000…@${tenantId}`,
        data: [],
      },
    });
  });

  it.each([
    [{}, {}, "none"],
    [{}, { claimsChallenge: "{}" }, "challenge"],
    [{ clientCapabilities: ["CP1"] }, { claimsChallenge: "{}" }, "challenge_and_capabilities"],
    [{ clientCapabilities: [] }, {}, "none"],
  ])("B2.7 with %o and %o its claims are: %s", async (ofApp, ofCall, claims) => {
    const { app, ...world } = confidentialApp(ofApp);
    const account = signIn(world);
    const { request } = await app.explainSilent(["Mail.Read"], account, ofCall);
    expect(request).toMatchObject({ claims, credential: "secret" });
  });

  it("names the endpoint once it is known", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    const before = await app.explainSilent(["Mail.Read"], account);
    expect(before.request).not.toHaveProperty("tokenEndpoint");
    expect(before.text).toContain(`${authority}, whose endpoints are discovered first`);
    provider.expectToken(authority, { json: userTokens(world.clock) });
    await app.acquireTokenSilent(["Mail.Read"], account);
    const { request } = await app.explainSilent(["Files.Read"], account);
    expect(request).toMatchObject({ tokenEndpoint: endpointOf(`${host}/${tenantId}`) });
  });

  it.each<[string, object, object]>([
    ["of the very request", refusal("invalid_grant"), { status: 400, secondsLeft: 40 }],
    ["of the user", { status: 429, headers: { "retry-after": "30" } }, { status: 429, secondsLeft: 10 }],
  ])("B6.3 says that a refusal %s stands, and for how long", async (_, reply, throttled) => {
    for (const make of [publicApp, confidentialApp]) {
      const { app, provider, ...world } = make();
      const account = signIn(world);
      provider.expectToken(authority, reply);
      const ask = async (): Promise<unknown> =>
        app.acquireTokenSilentWithError(["Mail.Read"], account).catch((error: unknown) => error);
      expect(await ask()).not.toHaveProperty("throttled");
      world.clock.advance(20_000);
      const { request, text } = await app.explainSilent(["Mail.Read"], account);
      expect(request).toMatchObject({ throttled });
      expect(text).toContain("not sent for ");
      expect(await ask()).toMatchObject({ throttled: true });
      const other = await app.explainSilent(["Files.Read"], account);
      expect(other.request).not.toHaveProperty("throttled");
    }
  });

  it("B4.9 B1.7 puts the family before the own, and the own host before its other names", async () => {
    const { app, ...world } = publicApp();
    const seen: AppWorld["cache"] = world.cache;
    const add = (client_id: string, place: string, foci?: string): void => {
      world.clock.advance(1000);
      const event = { client_id, token_endpoint: endpointOf(`${place}/${tenantId}`) };
      signIn(world, { access_token: undefined, foci, event });
    };
    add("sibling", "login.windows.net", "1");
    add("stranger", host);
    add(clientId, host);
    add("sibling", host, "1");
    add(clientId, "login.microsoftonline.us");
    const explained = async (): Promise<unknown> => {
      const { attempts, refreshTokens } = await app.explainSilent(["User.Read"], accountOf());
      return [
        attempts.map(({ role, clientId: client, environment }) => [role, client, environment]),
        refreshTokens.listed.map(({ verdict, clientId: client, environment }) => [verdict, client, environment]),
      ];
    };
    const untried = [
      ["other_client", "stranger", host],
      ["other_host", clientId, "login.microsoftonline.us"],
    ];
    expect(await explained()).toEqual([
      [
        ["own", clientId, host],
        ["guessed_family", "sibling", "login.windows.net"],
      ],
      [untried[0], ["other_client", "sibling", host], untried[1]],
    ]);
    for (const entry of seen.find("AppMetadata", { query: { client_id: clientId, environment: host } })) {
      seen.modify("AppMetadata", entry, { family_id: "1" });
    }
    expect(await explained()).toEqual([
      [
        ["family", "sibling", host],
        ["own", clientId, host],
        ["guessed_family", "sibling", "login.windows.net"],
      ],
      untried,
    ]);
  });
});

describe("B5.14 B5.12 explainSilent, for the user of a Cloud Shell", () => {
  it.each([
    [
      "cloud-shell/1.0",
      { outcome: "request", request: { to: "cloud_shell", reason: "no_token", inBackground: false } },
    ],
    ["", { outcome: "nothing" }],
  ])("in the environment %j says whether the shell is asked", async (environment, expected) => {
    vi.stubEnv("AZUREPS_HOST_ENVIRONMENT", environment);
    const { app } = publicApp();
    const account = { ...accountOf(), homeAccountId: "user.cloudshell", authorityType: "CLOUDSHELL" };
    const { outcome, request, text } = await app.explainSilent(["User.Read"], account);
    expect({ outcome, request }).toEqual({ request: undefined, ...expected });
    expect(text.endsWith("the Cloud Shell that the application runs in (no_token)")).toBe(request !== undefined);
    vi.unstubAllEnvs();
  });
});

describe("B5.14 explainSilent, where the authority has to be asked first", () => {
  const domain = "https://login.microsoftonline.com/contoso.com";

  it("says that the tenant would be discovered, and which tokens may fit", async () => {
    const { app, provider, ...world } = publicApp({ authority: domain });
    const account = signIn(world);
    signIn(world, { event: { client_id: "another-client" } });
    const explanation = await app.explainSilent(["User.Read"], account);
    expect(explanation).toMatchObject({ outcome: "discovery", discovery: ["tenant"], attempts: [{ role: "own" }] });
    expect(verdicts(explanation)).toEqual([["undiscovered", "other_client"], {}]);
    expect(explanation.question).not.toHaveProperty("tenants");
    expect(explanation).not.toHaveProperty("request");
    expect(explanation.text).toContain("Discovered first: tenant");
    expect(provider.requests).toEqual([]);
  });

  it("knows it once a call has asked, and for a day", async () => {
    const { app, provider, ...world } = publicApp({ authority: domain });
    const account = signIn(world);
    const issuer = { token_endpoint: endpointOf(`${host}/${tenantId}`) };
    provider.knows(domain, issuer);
    await app.acquireTokenSilent(["User.Read"], account);
    expect(await app.explainSilent(["User.Read"], account)).toMatchObject({
      outcome: "cached",
      question: { tenants: [tenantId] },
    });
    world.clock.advance(24 * 3600 * 1000);
    expect(await app.explainSilent(["User.Read"], account)).toMatchObject({ outcome: "discovery" });
  });

  it("B6.2 knows it from the httpCache of an earlier run", async () => {
    const httpCache = new Map();
    const earlier = publicApp({ authority: domain, httpCache });
    earlier.provider.knows(domain, { token_endpoint: endpointOf(`${host}/${tenantId}`) });
    await earlier.app.acquireTokenSilent(["User.Read"], accountOf());
    const { app, provider, ...world } = publicApp({ authority: domain, httpCache });
    const account = signIn(world);
    expect(await app.explainSilent(["User.Read"], account)).toMatchObject({ outcome: "cached", discovery: [] });
    expect(await app.acquireTokenSilent(["User.Read"], account)).toMatchObject({ token_source: "cache" });
    expect(provider.requests).toEqual([]);
  });

  it("says that the names of an unknown host would be discovered", async () => {
    const foreign = `https://login.contoso.com/${tenantId}`;
    const { app, provider, ...world } = publicApp({ authority: foreign });
    const account = signIn(world, { event: { token_endpoint: endpointOf(`login.contoso.com/${tenantId}`) } });
    signIn(world);
    const explanation = await app.explainSilent(["User.Read"], account);
    expect(explanation).toMatchObject({
      outcome: "discovery",
      discovery: ["hosts"],
      attempts: [{ environment: "login.contoso.com" }],
      refreshTokens: { listed: [{ verdict: "undiscovered", environment: host }] },
    });
    expect(verdicts(explanation)).toEqual([["undiscovered", "undiscovered"], {}]);
    expect(explanation.question).not.toHaveProperty("environments");
    expect(provider.requests).toEqual([]);
  });
});

describe("B5.14 explainSilent", () => {
  it("names the tenants that a user's tokens are looked for in, and no part of a name that looks like one", async () => {
    const b2c = "https://contoso.b2clogin.com/contoso.onmicrosoft.com/b2c_1_signin";
    const { app, provider } = publicApp({ authority: b2c });
    provider.knows(b2c, { token_endpoint: `${b2c}/oauth2/v2.0/token` });
    await app.initiateAuthCodeFlow(["User.Read"]);
    const policy = { tenants: ["contoso.onmicrosoft.com", tenantId, "b2c_1_signin"] };
    expect(await app.explainSilent(["User.Read"], accountOf())).toMatchObject({ question: policy });
    const named = { ...accountOf(), homeAccountId: "alice@contoso.example" };
    expect(await app.explainSilent(["User.Read"], named)).toMatchObject({
      question: { user: "….…", tenants: ["contoso.onmicrosoft.com", "…", "b2c_1_signin"] },
    });
  });

  it("leaves the cache as it is, and counts as no use of it", async () => {
    const { app, provider, ...world } = publicApp();
    const account = signIn(world);
    const state = world.cache.serialize();
    await app.explainSilent(["User.Read"], account);
    expect(world.cache.hasStateChanged).toBe(false);
    expect(world.cache.serialize()).toBe(state);
    provider.expectToken(authority, { json: userTokens(world.clock) });
    await app.acquireTokenSilent(["Mail.Read"], account);
    expect(provider.lastPost.headers.get("x-client-last-telemetry")).toBe("4|0|||");
  });

  it("is plain data that JSON keeps whole", async () => {
    const { app, ...world } = publicApp();
    signIn(world);
    world.cache.modify("AccessToken", world.cache.find("AccessToken")[0] ?? never(), {
      expires_on: "no time",
      cached_at: undefined,
      refresh_on: "none",
    });
    const explanation = await app.explainSilent(["User.Read"], accountOf());
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
    expect(explanation.accessTokens.listed).toMatchObject([{ expiresIn: null, refreshIn: null, age: null }]);
  });

  it("looks at another tenant when told so", async () => {
    const { app, ...world } = publicApp();
    const account = signIn(world);
    const other = `https://${host}/${otherTenant}`;
    expect(await app.explainSilent(["User.Read"], account, { authority: other })).toMatchObject({
      outcome: "request",
      question: { authority: other, tenants: [otherTenant] },
      request: { authority: other },
    });
  });

  it.each([
    ["scopes", "User.Read" as unknown as string[], accountOf(), {}],
    ["account", ["User.Read"], {} as Account, {}],
    ["forceRefresh", ["User.Read"], accountOf(), { forceRefresh: "false" as unknown as boolean }],
    ["claimsChallenge", ["User.Read"], accountOf(), { claimsChallenge: "[" }],
    ["authority", ["User.Read"], accountOf(), { authority: `https://${host}` }],
  ])("refuses %s that acquireTokenSilent refuses", async (option, scopes, account, options) => {
    const { app } = publicApp();
    await expect(app.explainSilent(scopes, account, options)).rejects.toMatchObject({ option });
  });

  it("reads a cache by the cache's own clock", async () => {
    const { clock } = publicApp();
    const tokenCache = new SerializableTokenCache({ clock });
    const account = signIn({ cache: tokenCache, clock });
    const { app, clock: ofApp } = publicApp({ tokenCache });
    ofApp.advance(86_400_000);
    expect(await app.explainSilent(["User.Read"], account)).toMatchObject({ outcome: "cached" });
    expect(await app.acquireTokenSilent(["User.Read"], account)).toMatchObject({ token_source: "cache" });
  });
});

function never(): never {
  throw new Error("There is no entry");
}
