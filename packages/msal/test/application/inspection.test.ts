import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { confidentialApp, publicApp } from "../support/apps.ts";
import { authority, userTokens } from "../support/token-answers.ts";

const secrets = ["client-secret", "access-token", "refresh-token", "eyJ0eXAi", "user-assertion", "00000000a11c"];

/** Whatever a developer may do to look into an object. */
function views(value: object): string[] {
  return [
    inspect(value, { depth: Infinity, showHidden: true, getters: true, showProxy: true }),
    inspect({ nested: [value] }, { depth: Infinity, showHidden: true }),
    JSON.stringify(value),
    JSON.stringify({ nested: value }),
    inspect(Object.getPrototypeOf(value), { showHidden: true, getters: true }),
    inspect(Object.getOwnPropertyDescriptors(value), { depth: Infinity }),
    JSON.stringify({ ...value }),
    Reflect.ownKeys(value).map(String).join(),
  ];
}

describe("B4.12 looking into an application that holds tokens", () => {
  it("shows its name and nothing else", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenOnBehalfOf("user-assertion", ["User.Read"]);
    expect(inspect(app)).toBe("ConfidentialClientApplication {}");
    expect(JSON.stringify(app)).toBe("{}");
    for (const view of views(app)) for (const secret of secrets) expect(view).not.toContain(secret);
  });

  it("shows as little of a public one", () => {
    const { app } = publicApp();
    expect(inspect(app, { showHidden: true })).toBe("PublicClientApplication {}");
    expect(Reflect.ownKeys(app)).toEqual([]);
  });

  it("shows nothing of its cache, unless that is asked to serialize", async () => {
    const { app, provider, clock, cache } = confidentialApp();
    provider.expectToken(authority, { json: userTokens(clock) });
    await app.acquireTokenOnBehalfOf("user-assertion", ["User.Read"]);
    for (const view of views(cache)) for (const secret of secrets) expect(view).not.toContain(secret);
    expect(cache.serialize()).toContain("access-token");
    expect(cache.serialize()).toContain("refresh-token");
  });

  it("shows nothing of a credential with a key, or with a callback", () => {
    const marked = "MIIBmarkedkeymaterial";
    const privateKey = `-----BEGIN PRIVATE KEY-----\n${marked}\n-----END PRIVATE KEY-----`;
    const withKey = confidentialApp({ clientCredential: { privateKey, thumbprint: "A1".repeat(20) } });
    const withText = confidentialApp({ clientCredential: { clientAssertion: marked } });
    for (const { app } of [withKey, withText]) for (const view of views(app)) expect(view).not.toContain(marked);
  });
});
