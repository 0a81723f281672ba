import { describe, expect, it } from "vitest";
import { SKU, VERSION } from "../../src/protocol/version.ts";
import { forgetfulCache } from "../support/forgetful-cache.ts";
import { confidentialApp } from "../support/apps.ts";
import type { FakeProvider } from "../support/fake-provider.ts";
import { settled } from "../support/gate.ts";
import { appTokens, authority, refusal, userTokens } from "../support/token-answers.ts";

const scopes = ["api/.default"];
const idOne = "11111111-1111-4111-8111-111111111111";
const idTwo = "22222222-2222-4222-8222-222222222222";

/** Both telemetry headers of the last token request. */
function telemetryOf({ lastPost }: FakeProvider): (string | null)[] {
  return ["current", "last"].map((which) => lastPost.headers.get(`x-client-${which}-telemetry`));
}

describe("the telemetry headers of a call that reads the cache (B2.4)", () => {
  it("say that there was no token", async () => {
    const { app, provider } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(telemetryOf(provider)).toEqual(["4|730,2|", "4|0|||"]);
  });

  it("say that the token had expired", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() }).expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    clock.advance(3_600_000);
    await app.acquireTokenForClient(scopes);
    expect(telemetryOf(provider)).toEqual(["4|730,3|", "4|0|||"]);
  });

  it("say that the token is aging, and how often the cache answered, this time included", async () => {
    const { app, provider, clock } = confidentialApp();
    const aging = appTokens({ refresh_in: 60 });
    provider.expectToken(authority, { json: aging }).expectToken(authority, { json: aging });
    for (let call = 0; call < 3; call += 1) await app.acquireTokenForClient(scopes);
    clock.advance(60_000);
    await app.acquireTokenForClient(scopes);
    await settled();
    expect(telemetryOf(provider)).toEqual(["4|730,4|", "4|3|||"]);
  });

  it.each([{ forceRefresh: true }, { claimsChallenge: "{}" }])("say that the caller wanted it: %o", async (options) => {
    const { app, provider } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() }).expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    await app.acquireTokenForClient(scopes, options);
    expect(telemetryOf(provider)).toEqual(["4|730,1|", "4|0|||"]);
  });

  it("name the call on behalf of a user", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenOnBehalfOf("assertion", scopes);
    expect(telemetryOf(provider)).toEqual(["4|523,2|", "4|0|||"]);
  });

  it("name the migration of a refresh token, which does not read the cache", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenByRefreshToken("refresh", scopes);
    expect(telemetryOf(provider)).toEqual(["4|85,1|", "4|0|||"]);
  });
});

describe("the telemetry of what happened before (B2.4)", () => {
  it("counts answers from the cache, until a request succeeds", async () => {
    const { app, provider } = confidentialApp({ httpCache: forgetfulCache });
    for (let request = 0; request < 3; request += 1) provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    for (let call = 0; call < 5; call += 1) await app.acquireTokenForClient(scopes);
    await app.acquireTokenForClient(scopes, { forceRefresh: true });
    expect(telemetryOf(provider)[1]).toBe("4|5|||");
    await app.acquireTokenForClient(scopes, { forceRefresh: true });
    expect(telemetryOf(provider)[1]).toBe("4|0|||");
  });

  it("tells of refusals and failures with their ids, until a request succeeds", async () => {
    const { app, provider } = confidentialApp({ httpCache: forgetfulCache });
    provider
      .expectToken(authority, refusal("invalid_scope"))
      .expectToken(authority, { status: 503 })
      .expectToken(authority, { json: appTokens() })
      .expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes, { correlationId: idOne });
    const failed = app.acquireTokenOnBehalfOf("assertion", scopes, { correlationId: idTwo });
    await expect(failed).rejects.toMatchObject({ code: "server_error" });
    expect(telemetryOf(provider)[1]).toBe(`4|0|730,${idOne}|invalid_scope|`);
    await app.acquireTokenForClient(scopes);
    expect(telemetryOf(provider)[1]).toBe(`4|0|730,${idOne},523,${idTwo}|invalid_scope,server_error|`);
    await app.acquireTokenForClient(scopes, { forceRefresh: true });
    expect(telemetryOf(provider)[1]).toBe("4|0|||");
  });

  it("counts a failed request once, however many shared it", async () => {
    const { app, provider } = confidentialApp({ httpCache: forgetfulCache });
    provider.expectToken(authority, refusal("invalid_scope")).expectToken(authority, { json: appTokens() });
    const correlationId = idOne;
    await Promise.all(Array.from({ length: 20 }, () => app.acquireTokenForClient(scopes, { correlationId })));
    await app.acquireTokenForClient(scopes);
    expect(telemetryOf(provider)[1]).toBe(`4|0|730,${idOne}|invalid_scope|`);
  });

  it("never outgrows its header", async () => {
    const { app, provider } = confidentialApp({ httpCache: forgetfulCache });
    for (let call = 0; call < 30; call += 1) {
      provider.expectToken(authority, refusal("temporarily_unavailable"));
      await app.acquireTokenForClient(scopes);
      const [current, last] = telemetryOf(provider);
      expect(current?.length).toBeLessThanOrEqual(100);
      expect(last?.length).toBeLessThanOrEqual(350);
    }
    expect(telemetryOf(provider)[1]).toContain("temporarily_unavailable,temporarily_unavailable");
  });

  it("is each application's own", async () => {
    const first = confidentialApp({ httpCache: forgetfulCache });
    const second = confidentialApp({ httpCache: forgetfulCache });
    first.provider.expectToken(authority, refusal("invalid_scope"));
    second.provider.expectToken(authority, { json: appTokens() });
    await first.app.acquireTokenForClient(scopes);
    await second.app.acquireTokenForClient(scopes);
    expect(telemetryOf(second.provider)[1]).toBe("4|0|||");
  });

  it("lets no error of a server break the header's form", async () => {
    const { app, provider } = confidentialApp({ httpCache: forgetfulCache });
    provider.expectToken(authority, refusal("a|b,c\nd")).expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes, { correlationId: idOne });
    await app.acquireTokenForClient(scopes);
    expect(telemetryOf(provider)[1]).toBe(`4|0|730,${idOne}|a_b_c_d|`);
  });
});

describe("the headers of every request (B2.3)", () => {
  it("say which library and which app asks, at discovery and at the token endpoint", async () => {
    const { app, provider } = confidentialApp({ appName: "My App", appVersion: "1.2" });
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    expect(provider.requests.map(({ method }) => method)).toEqual(["GET", "POST"]);
    for (const { headers } of provider.requests) {
      expect(Object.fromEntries(headers)).toMatchObject({
        accept: "application/json",
        "x-client-sku": SKU,
        "x-client-ver": VERSION,
        "x-client-os": process.platform,
        "x-ms-lib-capability": "retry-after, h429",
        "x-app-name": "My App",
        "x-app-ver": "1.2",
      });
    }
  });

  it("leave out the app that is not named", async () => {
    const { app, provider } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    await app.acquireTokenForClient(scopes);
    const names = [...provider.lastPost.headers.keys()];
    expect(names).toContain("x-client-sku");
    expect(names.filter((name) => name.startsWith("x-app"))).toEqual([]);
    expect(names).not.toContain("x-anchormailbox");
  });
});
