import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Account, AuthResult, CallOptions, ConfidentialClientApplication } from "../../src/index.ts";
import { type AppWorld, confidentialApp } from "../support/apps.ts";
import { neverAnswers, type ProviderAnswer, type ProviderReply } from "../support/fake-provider.ts";
import { createGate, type Gate, settled } from "../support/gate.ts";
import { appTokens, authority, refusal, userTokens } from "../support/token-answers.ts";

interface World extends AppWorld {
  readonly app: ConfidentialClientApplication;
  readonly account: Account;
  readonly gate: Gate;
  /** A token answer, or another, that comes when the gate opens. */
  readonly gated: (reply: string | ProviderAnswer) => ProviderReply;
}

/** A flow that reads the cache. What differs is given by name. */
interface SharedFlow {
  readonly name: string;
  readonly call: (
    world: World,
    options?: CallOptions & { claimsChallenge?: string },
    scopes?: readonly string[],
  ) => Promise<AuthResult | null>;
  /** Folds a refusal into null. */
  readonly folds?: true;
}

const flows: readonly SharedFlow[] = [
  {
    name: "acquireTokenSilent",
    folds: true,
    call: ({ app, account }, options, scopes = ["Mail.Read"]) => app.acquireTokenSilent(scopes, account, options),
  },
  {
    name: "acquireTokenSilentWithError",
    call: ({ app, account }, options, scopes = ["Mail.Read"]) =>
      app.acquireTokenSilentWithError(scopes, account, options),
  },
  {
    name: "acquireTokenForClient",
    call: ({ app }, options, scopes = ["api/.default"]) => app.acquireTokenForClient(scopes, options),
  },
  {
    name: "acquireTokenOnBehalfOf",
    call: ({ app }, options, scopes = ["Mail.Read"]) => app.acquireTokenOnBehalfOf("assertion", scopes, options),
  },
];

/** An application with a user signed in, so that a silent call has a refresh token. */
async function worldWithUser(): Promise<World> {
  const world = confidentialApp();
  const { app, provider, clock } = world;
  const gate = createGate();
  provider.expectToken(authority, { json: userTokens(clock) });
  await app.acquireTokenByRefreshToken("seed", ["User.Read"]);
  const [account] = await app.getAccounts();
  if (account === undefined) throw new Error("nobody is signed in");
  return {
    ...world,
    account,
    gate,
    gated: (reply) => async () => {
      await gate.opened;
      if (typeof reply !== "string") return reply;
      return { json: userTokens(clock, { access_token: reply, scope: undefined }) };
    },
  };
}

/** What is being hashed, on a thread of its own. */
let hashes: Promise<unknown>[] = [];

/** Until every call that was made has come to wait for the answer. */
async function joined(): Promise<void> {
  await Promise.all(hashes);
  await settled();
}

beforeEach(() => {
  hashes = [];
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, "digest").mockImplementation((...input) => {
    const hash = digest(...input);
    hashes.push(hash);
    return hash;
  });
  return () => void vi.restoreAllMocks();
});

/** The requests beyond the one that signed the user in. */
const asked = ({ provider }: World): number => provider.posts.length - 1;

describe.each(flows)("B5.11 equal calls of $name at once", ({ call, folds }) => {
  let world: World;

  beforeEach(async () => {
    world = await worldWithUser();
  });

  it("make one request, a thousand of them", async () => {
    world.provider.expectToken(authority, world.gated("shared"));
    const calls = Array.from({ length: 1000 }, () => call(world));
    await joined();
    world.gate.open();
    const results = await Promise.all(calls);
    expect(asked(world)).toBe(1);
    expect(results).toHaveLength(1000);
    for (const result of results) expect(result).toMatchObject({ access_token: "shared" });
  });

  it("are equal whatever the order of the scopes and the id of the call", async () => {
    world.provider.expectToken(authority, world.gated("shared"));
    const calls = [
      call(world, { correlationId: "one" }, ["b", "a"]),
      call(world, { correlationId: "two" }, ["a", "b"]),
    ];
    await joined();
    world.gate.open();
    const [one, two] = await Promise.all(calls);
    expect(asked(world)).toBe(1);
    // Both name the request that was made: under its id it is found in Entra's log.
    const id = world.provider.lastPost.headers.get("client-request-id");
    expect(one).toHaveProperty("correlation_id", id);
    expect(two).toHaveProperty("correlation_id", id);
  });

  it("get results of their own, as deep as they go", async () => {
    world.provider.expectToken(authority, world.gated("shared"));
    const calls = [call(world), call(world)];
    await joined();
    world.gate.open();
    const results = await Promise.all(calls);
    const [first, second] = results.map(asRecord);
    expect(first).not.toBe(second);
    expect(first).toEqual(second);
    for (const member of ["account", "id_token_claims"]) {
      expect(first?.[member]).toBeInstanceOf(Object);
      expect(first?.[member]).not.toBe(second?.[member]);
    }
  });

  it.each([
    ["scopes", {}, ["other"]],
    ["claims challenge", { claimsChallenge: '{"access_token":{"nbf":{"essential":true}}}' }, undefined],
    ["data", { data: { key_id: "key" } }, undefined],
  ])("do not share with one of other %s", async (_, options, scopes) => {
    world.provider.expectToken(authority, world.gated("one")).expectToken(authority, world.gated("two"));
    const calls = [call(world), call(world, options, scopes)];
    await joined();
    world.gate.open();
    const tokens = (await Promise.all(calls)).map((result) => asRecord(result)["access_token"]);
    expect(new Set(tokens)).toEqual(new Set(["one", "two"]));
  });

  it("do not abort each other", async () => {
    world.provider.expectToken(authority, world.gated("shared"));
    const controller = new AbortController();
    const leaving = call(world, { signal: controller.signal });
    const staying = [call(world), call(world, { signal: new AbortController().signal })];
    await joined();
    controller.abort(new Error("enough"));
    await expect(leaving).rejects.toMatchObject({ code: "aborted", name: "AbortError" });
    expect(world.provider.lastPost.signal?.aborted).toBe(false);
    world.gate.open();
    for (const result of await Promise.all(staying)) expect(result).toMatchObject({ access_token: "shared" });
    expect(asked(world)).toBe(1);
  });

  it("abort the request when all have left, and a later one starts anew", async () => {
    world.provider.expectToken(authority, neverAnswers).expectToken(authority, world.gated("anew"));
    const controllers = [new AbortController(), new AbortController()];
    const calls = controllers.map(({ signal }) => call(world, { signal }));
    const outcomes = Promise.allSettled(calls);
    await joined();
    const { signal } = world.provider.lastPost;
    controllers[0]?.abort();
    expect(signal?.aborted).toBe(false);
    controllers[1]?.abort();
    expect(signal?.aborted).toBe(true);
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: "aborted" } });
    world.gate.open();
    expect(await call(world)).toMatchObject({ access_token: "anew", token_source: "identity_provider" });
  });

  it("share a failure, which is over a minute later (B6.3)", async () => {
    const { provider, gated, gate } = world;
    provider.expectToken(authority, gated({ status: 503 })).expectToken(authority, gated("anew"));
    const all = Promise.allSettled(Array.from({ length: 20 }, () => call(world)));
    await joined();
    gate.open();
    const outcomes = await all;
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: "server_error", status: 503 } });
    expect(asked(world)).toBe(1);
    world.clock.advance(60_000);
    expect(await call(world)).toMatchObject({ access_token: "anew" });
  });

  it("share a refusal, each with its own copy, which is over a minute later (B6.3)", async () => {
    const refused = refusal("interaction_required", { error_codes: [50076] });
    const { provider, gated, gate } = world;
    provider.expectToken(authority, gated(refused)).expectToken(authority, gated("anew"));
    const calls = [call(world), call(world)];
    await joined();
    gate.open();
    const [one, two] = await Promise.all(calls);
    expect(asked(world)).toBe(1);
    expect(one).toEqual(two);
    const { error, error_codes: codes } = asRecord(one);
    expect([one === null, error]).toEqual(folds ? [true, undefined] : [false, "interaction_required"]);
    expect(codes === asRecord(two)["error_codes"]).toBe(folds === true);
    world.clock.advance(60_000);
    expect(await call(world)).toMatchObject({ access_token: "anew" });
  });
});

describe("B5.11 calls at once that differ in whom they are for", () => {
  it("do not share between users' tokens that an API was called with", async () => {
    const world = await worldWithUser();
    world.provider.expectToken(authority, world.gated("one")).expectToken(authority, world.gated("two"));
    const calls = ["first", "second"].map((assertion) => world.app.acquireTokenOnBehalfOf(assertion, ["Mail.Read"]));
    await joined();
    world.gate.open();
    const tokens = (await Promise.all(calls)).map((result) => asRecord(result)["access_token"]);
    expect(new Set(tokens)).toEqual(new Set(["one", "two"]));
  });

  it("do not share between accounts", async () => {
    const world = await worldWithUser();
    const { app, provider, clock, account, gate, gated } = world;
    const uid = "00000000-0000-0000-0000-000000000b0b";
    const bob = { uid, utid: account.tenantId, username: "bob@contoso.com", name: "Bob" };
    provider.expectToken(authority, { json: userTokens(clock, { user: bob, refresh_token: "bob's" }) });
    await app.acquireTokenByRefreshToken("seed", ["User.Read"]);
    const accounts = await app.getAccounts();
    provider.expectToken(authority, gated("one")).expectToken(authority, gated("two"));
    const calls = accounts.map((each) => app.acquireTokenSilent(["Mail.Read"], each));
    await joined();
    gate.open();
    await Promise.all(calls);
    const sent = provider.posts.slice(-2).map(({ form }) => form["refresh_token"]);
    expect(new Set(sent)).toEqual(new Set(["bob's", "refresh-token"]));
  });

  it("do not share between tenants", async () => {
    const { app, provider, account, clock, gate, gated } = await worldWithUser();
    const other = "https://login.microsoftonline.com/11111111-1111-4111-8111-111111111111";
    provider.knows(other);
    gate.open();
    provider
      .expectToken(authority, gated("one"))
      .expectToken(other, gated({ json: userTokens(clock, { id_token: undefined }) }));
    const calls = [
      app.acquireTokenSilent(["Mail.Read"], account),
      app.acquireTokenSilent(["Mail.Read"], account, { authority: other }),
    ];
    const outcomes = await Promise.allSettled(calls);
    expect(provider.posts.slice(-2).map(({ url }) => url)).toEqual([
      `${authority}/oauth2/v2.0/token`,
      `${other}/oauth2/v2.0/token`,
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  });

  it("do not share between one that wants a new token and one that takes an old one", async () => {
    const { app, provider, account, gate, gated } = await worldWithUser();
    provider.expectToken(authority, gated("one")).expectToken(authority, gated("two"));
    const calls = [
      app.acquireTokenSilent(["Mail.Read"], account),
      app.acquireTokenSilent(["Mail.Read"], account, { forceRefresh: true }),
    ];
    await joined();
    gate.open();
    await Promise.all(calls);
    const telemetry = provider.posts.slice(-2).map(({ headers }) => headers.get("x-client-current-telemetry"));
    expect(new Set(telemetry)).toEqual(new Set(["4|84,1|", "4|84,2|"]));
  });
});

describe("B5.11 an answer from the cache", () => {
  it("is the caller's own, its account too", async () => {
    const { app, account } = await worldWithUser();
    const [one, two] = [
      await app.acquireTokenSilent(["User.Read"], account),
      await app.acquireTokenSilent(["User.Read"], account),
    ];
    expect(one).toMatchObject({ token_source: "cache", account });
    expect(one?.account).not.toBe(account);
    expect(one?.account).not.toBe(two?.account);
  });
});

describe("B1.6, B5.11 discovery", () => {
  it("is one request for a thousand different calls at once, and for all later ones", async () => {
    const { app, provider } = confidentialApp();
    for (let call = 0; call < 1000; call += 1) {
      provider.expectToken(authority, { json: appTokens({ access_token: String(call) }) });
    }
    const calls = Array.from({ length: 1000 }, (_, index) => app.acquireTokenForClient([`api-${index}/.default`]));
    await Promise.all(calls);
    await app.initiateAuthCodeFlow(["User.Read"]);
    expect(provider.requests.filter(({ method }) => method === "GET")).toHaveLength(1);
    expect(provider.posts).toHaveLength(1000);
  });

  it("goes on for the others when the caller who began it leaves", async () => {
    const { app, provider } = confidentialApp({ authority: "https://login.microsoftonline.com/contoso.com" });
    const other = "https://login.microsoftonline.com/contoso.com";
    provider.expectToken(other, { json: appTokens() });
    const controller = new AbortController();
    const leaving = app.acquireTokenForClient(["one"], { signal: controller.signal });
    const staying = app.acquireTokenForClient(["two"]);
    controller.abort();
    await expect(leaving).rejects.toMatchObject({ code: "aborted" });
    expect(await staying).toMatchObject({ access_token: "app-token" });
  });
});

function asRecord(value: AuthResult | null | undefined): Record<string, unknown> {
  return { ...value };
}
