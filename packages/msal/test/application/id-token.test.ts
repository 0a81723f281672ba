import { exportJWK, type GenerateKeyPairResult, generateKeyPair, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { type AppWorld, publicApp } from "../support/apps.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { authority, idTokenClaims, userTokens } from "../support/token-answers.ts";

const keysUrl = `${authority}/discovery/v2.0/keys`;

/** A clock that is off by some seconds, and the true time. */
function wrongClock(seconds: number): { clock: ManualClock; trueTime: ManualClock; headers: { date: string } } {
  const trueTime = new ManualClock();
  const clock = new ManualClock(trueTime.now() + seconds * 1000);
  return { clock, trueTime, headers: { date: new Date(trueTime.now()).toUTCString() } };
}

const warnings = ({ log }: AppWorld): string[] => log.filter((line) => line.startsWith("warn"));

describe("B5.3 the times of an id token", () => {
  it.each([
    ["a day ahead", 86_400, "The local clock is 86400 s ahead of the identity provider's"],
    ["a day behind", -86_400, "The local clock is 86400 s behind the identity provider's"],
    ["121 s ahead", 121, "The local clock is 121 s ahead of"],
  ])("are judged by the server's clock when ours is %s, which is a warning", async (_, seconds, warning) => {
    const { clock, trueTime, headers } = wrongClock(seconds);
    const { app, ...world } = publicApp({}, clock);
    world.provider.expectToken(authority, { headers, json: userTokens(trueTime) });
    expect(await app.acquireTokenByRefreshToken("rt", [])).toHaveProperty("access_token");
    expect(warnings(world)).toEqual([expect.stringContaining(warning)]);
  });

  it("raise no warning when the clocks differ by two minutes", async () => {
    const { clock, trueTime, headers } = wrongClock(-120);
    const { app, ...world } = publicApp({}, clock);
    world.provider.expectToken(authority, { headers, json: userTokens(trueTime) });
    await app.acquireTokenByRefreshToken("rt", []);
    expect(warnings(world)).toEqual([]);
  });

  it("are judged by the local clock when the server does not tell the time", async () => {
    const { clock, trueTime } = wrongClock(86_400);
    const { app, provider } = publicApp({}, clock);
    provider.expectToken(authority, { headers: { date: "soon" }, json: userTokens(trueTime) });
    expect((await msalErrorFrom(app.acquireTokenByRefreshToken("rt", []))).message).toContain('"exp"');
  });

  it("do not make a token good that the server's own clock calls expired", async () => {
    const { clock, trueTime, headers } = wrongClock(-86_400);
    const { app, provider } = publicApp({}, clock);
    const exp = trueTime.now() / 1000 - 121;
    provider.expectToken(authority, { headers, json: userTokens(trueTime, { claims: { exp } }) });
    expect((await msalErrorFrom(app.acquireTokenByRefreshToken("rt", []))).message).toContain('"exp"');
  });
});

describe('B5.3 validateIdToken: "signature"', () => {
  let keys: GenerateKeyPairResult;
  let published: { keys: object[] };

  beforeAll(async () => {
    keys = await generateKeyPair("RS256");
    published = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "key-1", use: "sig" }] };
  });

  async function signed(clock: ManualClock, key: CryptoKey = keys.privateKey): Promise<object> {
    const token = new SignJWT(idTokenClaims(clock)).setProtectedHeader({ alg: "RS256", kid: "key-1" });
    return { ...userTokens(clock), id_token: await token.sign(key) };
  }

  it("takes a token that the authority's key has signed, and reads the keys once", async () => {
    const { app, provider, clock } = publicApp({ validateIdToken: "signature" });
    provider.expectToken(authority, { json: await signed(clock) });
    provider.expect("GET", keysUrl, { json: published });
    provider.expectToken(authority, { json: await signed(clock) });
    expect(await app.acquireTokenByRefreshToken("rt", [])).toHaveProperty("id_token_claims");
    expect(await app.acquireTokenByRefreshToken("rt", [])).toHaveProperty("id_token_claims");
  });

  it("refuses a token that another key has signed, and caches nothing", async () => {
    const { app, provider, clock, cache } = publicApp({ validateIdToken: "signature" });
    const forger = await generateKeyPair("RS256");
    provider.expectToken(authority, { json: await signed(clock, forger.privateKey) });
    provider.expect("GET", keysUrl, { json: published });
    const error = await msalErrorFrom(app.acquireTokenByRefreshToken("rt", []));
    expect(error.code).toBe("invalid_id_token");
    expect(error.message).toContain("signature");
    expect(cache.find("RefreshToken")).toEqual([]);
  });

  it("says so when the authority publishes no keys", async () => {
    const { app, provider, clock } = publicApp({ validateIdToken: "signature" });
    provider.knows(authority, { jwks_uri: undefined });
    provider.expectToken(authority, { json: await signed(clock) });
    const error = await msalErrorFrom(app.acquireTokenByRefreshToken("rt", []));
    expect(error.code).toBe("endpoint_missing");
    expect(error.message).toContain("jwks_uri");
  });

  it("is not the default: then the keys are not asked for", async () => {
    const { app, provider, clock } = publicApp();
    provider.expectToken(authority, { json: userTokens(clock) });
    expect(await app.acquireTokenByRefreshToken("rt", [])).toHaveProperty("id_token_claims");
  });
});
