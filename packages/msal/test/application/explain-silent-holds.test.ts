import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Account,
  type AuthResult,
  PublicClientApplication,
  SerializableTokenCache,
  type SilentExplanation,
  type SilentOptions,
} from "../../src/index.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { settle } from "../support/settle.ts";
import { alice, authority, bob, clientId, homeAccountId, host, tenantId } from "../support/token-answers.ts";
import { accountOf } from "./signed-in.ts";

const otherTenant = "00000000-0000-0000-0000-00000000abcd";
const hosts = [host, "login.windows.net", "login.microsoftonline.us"] as const;
const clients = [clientId, "sibling"] as const;
const scopes = ["Mail.Read", "user.read", "Files.Read"] as const;
const start = Date.UTC(2026, 0, 1) / 1000;

/** One value mostly, and others now and then. */
const mostly = <T>(value: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const someScopes = fc.uniqueArray(fc.constantFrom(...scopes), { minLength: 1 });
const alices = homeAccountId(alice);

const accessToken = fc.record({
  home_account_id: mostly<string | null>(alices, homeAccountId(bob), null),
  environment: fc.constantFrom(...hosts),
  client_id: mostly(...clients),
  realm: mostly(tenantId, otherTenant, "common"),
  target: someScopes.map((some) => some.join(" ")),
  lifetime: mostly(3600, -1, 299, 300),
  refreshIn: fc.constantFrom(undefined, undefined, 0, 1),
  age: fc.constantFrom(0, 1),
  key_id: mostly<string | undefined>(undefined, "k1", "k2"),
  user_assertion_hash: mostly<string | undefined>(undefined, "hash"),
});

const refreshToken = fc.record({
  home_account_id: mostly(alices, homeAccountId(bob)),
  environment: fc.constantFrom(...hosts),
  client_id: fc.constantFrom(...clients),
  family_id: fc.constantFrom(undefined, "1", "2"),
  target: fc.constantFrom(...scopes),
});

const appMetadata = fc.record({
  environment: fc.constantFrom(...hosts),
  client_id: fc.constantFrom(...clients),
  family_id: fc.constantFrom(undefined, "1", "2"),
});

const state = fc.record({
  accessTokens: fc.array(accessToken, { maxLength: 12 }),
  refreshTokens: fc.array(refreshToken, { maxLength: 8 }),
  appMetadata: fc.array(appMetadata, { maxLength: 3 }),
});
type State = typeof state extends fc.Arbitrary<infer T> ? T : never;

const question = fc.record({
  account: mostly<Account | null>(accountOf(alice), accountOf(bob), null),
  scopes: someScopes,
  options: mostly<SilentOptions>(
    {},
    { forceRefresh: true },
    { claimsChallenge: "{}" },
    { data: { key_id: "k1" } },
    { authority: `https://${host}/${otherTenant}` },
    { authority: `https://${host}/common` },
    { authority: `https://login.windows.net/${tenantId}` },
  ),
});

const text = (fields: Record<string, string | null | undefined>): Record<string, string | null> =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

/** The cache's file. Each token has a time of its own, by which an explanation and an answer are known to mean the same. */
function serialized({ accessTokens, refreshTokens, appMetadata: apps }: State): string {
  const keyed = (entries: object[]): object =>
    Object.fromEntries(entries.map((entry, index) => [`key-${index}`, entry]));
  return JSON.stringify({
    AccessToken: keyed(
      accessTokens.map(({ lifetime, refreshIn, age, ...fields }, index) => ({
        ...text(fields),
        credential_type: "AccessToken",
        secret: `access-${index}`,
        token_type: "Bearer",
        cached_at: String(start - age),
        expires_on: String(start + (lifetime > 300 ? lifetime + index : lifetime)),
        extended_expires_on: String(start + 7200),
        ...(refreshIn !== undefined && { refresh_on: String(start + refreshIn) }),
      })),
    ),
    RefreshToken: keyed(
      refreshTokens.map((fields, index) => ({
        ...text(fields),
        credential_type: "RefreshToken",
        secret: `refresh-${index}`,
        last_modification_time: String(start - (index + 1) * 10),
      })),
    ),
    AppMetadata: keyed(apps.map((fields) => text(fields))),
  });
}

interface Sent {
  readonly url: string;
  readonly form: Readonly<Record<string, string | null>>;
  readonly headers: Headers;
}

/** A provider that knows every authority and refuses every refresh token, so that all of them are tried. */
function refusing(posts: Sent[]): typeof fetch {
  return (input, { method = "GET", body, headers } = {}) => {
    if (typeof input !== "string") throw new Error("Only addresses are sent");
    if (method === "GET") {
      const base = input.replace("/v2.0/.well-known/openid-configuration", "");
      const endpoints = { authorization_endpoint: `${base}/authorize`, token_endpoint: `${base}/oauth2/v2.0/token` };
      return Promise.resolve(Response.json(endpoints));
    }
    posts.push({
      url: input,
      form: Object.fromEntries(new URLSearchParams(typeof body === "string" ? body : "")),
      headers: new Headers(headers),
    });
    return Promise.resolve(Response.json({ error: "invalid_grant", error_description: "no" }, { status: 400 }));
  };
}

/** What the explanation says that the call will do, by what can be seen of it. */
function predicted({ outcome, request, attempts, accessTokens }: SilentExplanation): object {
  const [first] = accessTokens.listed;
  // A family that is only guessed leaves nothing behind but its silence.
  const refused = attempts.some(({ role }) => role !== "guessed_family") ? "refused" : null;
  return {
    result: outcome === "cached" && first?.verdict === "given" ? [first.scopes, first.expiresIn] : refused,
    tried: request && attempts.map(({ environment, age }) => `${environment} refresh-${Number(age) / 10 - 1}`),
    first: request?.to === "identity_provider" && [
      `${request.authority}/oauth2/v2.0/token`,
      request.grantType,
      request.scope,
      request.telemetry,
      request.inBackground,
    ],
  };
}

/** What the call did, in the same form. */
function seen(result: AuthResult | null, posts: readonly Sent[]): object {
  const [first] = posts;
  const token = result === null || "error" in result ? undefined : [result.scope, result.expires_in];
  return {
    result: token ?? (result === null ? null : "refused"),
    tried: first && posts.map(({ url, form }) => `${new URL(url).hostname} ${form["refresh_token"]}`),
    first: first !== undefined && [
      first.url,
      first.form["grant_type"],
      first.form["scope"],
      first.headers.get("x-client-current-telemetry"),
      token !== undefined,
    ],
  };
}

describe("B5.14 what explainSilent says", () => {
  it("is what acquireTokenSilent then does, whatever the cache and the question", async () => {
    const outcomes = new Map<string, number>();
    const run = fc.asyncProperty(state, question, async (cacheState, { account, scopes: asked, options }) => {
      const clock = new ManualClock();
      const tokenCache = new SerializableTokenCache({ clock });
      tokenCache.deserialize(serialized(cacheState));
      const posts: Sent[] = [];
      const app = new PublicClientApplication({ clientId, authority, tokenCache, clock, fetch: refusing(posts) });

      const explanation = await app.explainSilent(asked, account, options);
      expect(posts).toEqual([]);
      const result = await app.acquireTokenSilentWithError(asked, account, options);
      await settle();

      expect(seen(result, posts)).toEqual(predicted(explanation));
      const { outcome } = explanation;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    });
    await fc.assert(run, { numRuns: 300 });
    // The states are such that every outcome comes about.
    expect([...outcomes.keys()].toSorted()).toEqual(["cached", "nothing", "request"]);
    expect(Math.min(...outcomes.values())).toBeGreaterThan(10);
  });
});
