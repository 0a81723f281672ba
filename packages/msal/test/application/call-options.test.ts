import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  type CallOptions,
  ConfidentialClientApplication,
  MsalArgumentError,
  MsalError,
  PublicClientApplication,
} from "../../src/index.ts";
import { eventually } from "../support/eventually.ts";
import { forgetfulCache } from "../support/forgetful-cache.ts";
import { confidentialApp, publicApp } from "../support/apps.ts";
import { type Callee, type PublicMethod, publicMethods } from "../support/every-method.ts";
import { FakeProvider, neverAnswers } from "../support/fake-provider.ts";
import { settled } from "../support/gate.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { alice, appTokens, authority, clientId, homeAccountId, refusal, userTokens } from "../support/token-answers.ts";

const correlationId = "11111111-2222-4333-8444-555555555555";

/** Both kinds of application over one cache, in which a user is signed in. Every request from then on never ends. */
async function signedIn(): Promise<Callee & { provider: FakeProvider; clock: ManualClock }> {
  const seed = publicApp();
  seed.provider.expectToken(authority, { json: userTokens(seed.clock) });
  await seed.app.acquireTokenByRefreshToken("seed", ["User.Read"]);
  const [account] = await seed.app.getAccounts();
  if (account === undefined) throw new Error("nobody is signed in");
  const provider = new FakeProvider();
  const clock = new ManualClock();
  const options = { clientId, authority, tokenCache: seed.cache, fetch: provider.fetch, clock };
  return {
    provider,
    clock,
    account,
    publicApp: new PublicClientApplication(options),
    confidentialApp: new ConfidentialClientApplication({ ...options, clientCredential: "secret" }),
  };
}

/** Has the provider answer all up to the request that the method is there for, and never answer that. */
function hangAtLast(provider: FakeProvider, { name, asks }: PublicMethod): void {
  if (asks === "discovery") {
    provider.expect("GET", `${authority}/v2.0/.well-known/openid-configuration`, neverAnswers);
    return;
  }
  provider.knows(authority);
  if (name === "acquireTokenByUsernamePassword") {
    const realm = "https://login.microsoftonline.com/common/userrealm/a%40contoso.com?api-version=1.0";
    provider.expect("GET", realm, { json: { account_type: "Managed" } });
  }
  const endpoint = asks === "device endpoint" ? "devicecode" : "token";
  provider.expect("POST", `${authority}/oauth2/v2.0/${endpoint}`, neverAnswers);
}

const asking = publicMethods.filter(({ asks }) => asks !== "nobody");

it("every public method is in the tables of these tests", () => {
  const names = [ConfidentialClientApplication, PublicClientApplication].flatMap((type) => [
    ...Object.getOwnPropertyNames(type.prototype),
    ...Object.getOwnPropertyNames(Object.getPrototypeOf(type.prototype)),
  ]);
  const methods = new Set(names.filter((name) => name !== "constructor"));
  expect(publicMethods.map(({ name }) => name).toSorted()).toEqual([...methods].toSorted());
});

describe("a signal (house rule: every wait takes one)", () => {
  it.each(publicMethods)("that has aborted ends $name before anything", async ({ call }) => {
    const callee = await signedIn();
    const reason = new Error("too late");
    const error = await msalErrorFrom(call(callee, { signal: AbortSignal.abort(reason) }));
    expect(error).toMatchObject({ code: "aborted", name: "AbortError", retryable: false });
    expect(error.cause).toBe(reason);
    expect(callee.provider.requests).toEqual([]);
    expect(callee.clock.pending).toBe(0);
    // Nothing was removed either.
    expect(await callee.publicApp.getAccounts()).toHaveLength(1);
  });

  it.each(asking)("that aborts ends $name at once, and its request", async (method) => {
    const callee = await signedIn();
    hangAtLast(callee.provider, method);
    const controller = new AbortController();
    const call = method.call(callee, { signal: controller.signal });
    const outcome = msalErrorFrom(call);
    await eventually(() => callee.provider.verifyDone());
    const reason = new Error("enough");
    controller.abort(reason);
    const error = await outcome;
    expect(error.code).toBe("aborted");
    expect(error.cause).toBe(reason);
    await settled();
    expect(callee.provider.requests.at(-1)?.signal?.aborted).toBe(true);
    expect(callee.clock.pending).toBe(0);
  });

  it.each(publicMethods)("that is none is refused by $name before anything", async ({ call }) => {
    const callee = await signedIn();
    const options = { signal: { aborted: false } } as unknown as CallOptions;
    const refused = call(callee, options);
    await expect(refused).rejects.toBeInstanceOf(MsalArgumentError);
    await expect(refused).rejects.toMatchObject({
      option: "signal",
      message: '"signal" must be an AbortSignal, such as AbortSignal.timeout(5000)',
    });
    expect(callee.provider.requests).toEqual([]);
  });

  it("is let go of once the call is over, so that one for a whole program gathers nothing", async () => {
    const { app, provider } = confidentialApp();
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    const add = vi.spyOn(signal, "addEventListener").mockImplementation((_, listener) => void listeners.add(listener));
    vi.spyOn(signal, "removeEventListener").mockImplementation((_, listener) => void listeners.delete(listener));
    provider.expectToken(authority, { json: appTokens() }).expectToken(authority, { status: 500 });
    await app.acquireTokenForClient(["a"], { signal });
    await expect(app.acquireTokenForClient(["b"], { signal })).rejects.toBeInstanceOf(MsalError);
    expect(add).toHaveBeenCalled();
    expect(listeners.size).toBe(0);
  });
});

describe("options that are none", () => {
  // The table adds the browser to the options of the interactive call.
  const withInteractive = publicMethods.map(({ name, call }) =>
    name === "acquireTokenInteractive"
      ? {
          name,
          call: (callee: Callee, options: CallOptions) => callee.publicApp.acquireTokenInteractive(["a"], options),
        }
      : { name, call },
  );

  it.each(withInteractive)("are refused by $name before anything", async ({ call }) => {
    const callee = await signedIn();
    for (const none of [null, "options", () => {}]) {
      await expect(call(callee, none as unknown as CallOptions)).rejects.toMatchObject({
        name: "MsalArgumentError",
        message: '"options" must be an object, such as { correlationId: "…" }',
      });
    }
    expect(callee.provider.requests).toEqual([]);
    expect(await callee.publicApp.getAccounts()).toHaveLength(1);
  });
});

describe("forceRefresh", () => {
  it.each(["acquireTokenForClient", "acquireTokenSilent", "acquireTokenSilentWithError"])(
    "that is neither true nor false is refused by %s before anything",
    async (wanted) => {
      const callee = await signedIn();
      const method = publicMethods.find(({ name }) => name === wanted);
      for (const forceRefresh of ["false", 0, null]) {
        await expect(method?.call(callee, { forceRefresh } as CallOptions)).rejects.toMatchObject({
          option: "forceRefresh",
          message: '"forceRefresh" must be true or false',
        });
      }
      expect(callee.provider.requests).toEqual([]);
    },
  );
});

describe("correlationId (B2.3)", () => {
  it.each(asking)("goes out with the requests of $name and is named in its failure", async (method) => {
    const callee = await signedIn();
    const controller = new AbortController();
    hangAtLast(callee.provider, method);
    const outcome = msalErrorFrom(method.call(callee, { correlationId, signal: controller.signal }));
    await eventually(() => callee.provider.verifyDone());
    controller.abort();
    await outcome;
    expect(callee.provider.requests.length).toBeGreaterThan(0);
    for (const { headers } of callee.provider.requests) expect(headers.get("client-request-id")).toBe(correlationId);
  });

  it("stands in results, refusals and errors", async () => {
    const { app, provider } = confidentialApp({ httpCache: forgetfulCache });
    provider
      .expectToken(authority, { json: appTokens() })
      .expectToken(authority, refusal("invalid_scope"))
      .expectToken(authority, { status: 502 })
      .expectToken(authority, { body: "<html>" });
    const options = { correlationId, forceRefresh: true };
    expect(await app.acquireTokenForClient(["a"], options)).toMatchObject({ correlation_id: correlationId });
    expect(await app.acquireTokenForClient(["a"], options)).toMatchObject({ correlation_id: correlationId });
    expect(await msalErrorFrom(app.acquireTokenForClient(["a"], options))).toMatchObject({ correlationId });
    expect(await msalErrorFrom(app.acquireTokenForClient(["a"], options))).toMatchObject({ correlationId });
  });

  it("gives way, in a refusal, to the id that the server names", async () => {
    const { app, provider } = confidentialApp();
    provider.expectToken(authority, refusal("invalid_scope", { correlation_id: "theirs" }));
    const result = await app.acquireTokenForClient(["a"], { correlationId });
    expect(result).toMatchObject({ correlation_id: "theirs" });
  });

  it("is a new UUID for each call that names none", async () => {
    const { app, provider } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() }).expectToken(authority, { json: appTokens() });
    const ids = new Set<unknown>();
    for (const scope of ["a", "b"]) {
      const result = await app.acquireTokenForClient([scope]);
      expect(result.correlation_id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      ids.add(result.correlation_id);
    }
    expect(ids.size).toBe(2);
  });

  it.each([7, "", "a b", "a\r\nx-evil: 1", "ü", "x".repeat(129), null])("%o is refused", async (wrong) => {
    const { app, provider } = confidentialApp();
    const refused = app.acquireTokenForClient(["a"], { correlationId: wrong as string });
    await expect(refused).rejects.toMatchObject({
      option: "correlationId",
      message: expect.stringMatching(/^"correlationId" must be a UUID/) as string,
    });
    expect(provider.requests).toEqual([]);
  });
});

describe("data (B2.9)", () => {
  it.each(asking.filter(({ asks }) => asks !== "discovery"))(
    "goes into the body that $name sends, and wins",
    async (method) => {
      const callee = await signedIn();
      const controller = new AbortController();
      hangAtLast(callee.provider, method);
      const data = { extra: "a&b=c", scope: "their own", client_info: "" };
      const outcome = msalErrorFrom(method.call(callee, { data, signal: controller.signal }));
      await eventually(() => callee.provider.verifyDone());
      controller.abort();
      await outcome;
      const { form } = callee.provider.lastPost;
      expect(form).toMatchObject({ extra: "a&b=c", scope: "their own" });
      expect(form).not.toHaveProperty("client_info");
    },
  );

  it.each([null, [], "a=b", { a: 1 }, { a: undefined }])("%o is refused before any network", async (wrong) => {
    const { app, provider } = confidentialApp();
    const refused = app.acquireTokenForClient(["a"], { data: wrong as unknown as Record<string, string> });
    await expect(refused).rejects.toMatchObject({
      option: "data",
      message: expect.stringMatching(/^"data" must be an object of strings/) as string,
    });
    expect(provider.requests).toEqual([]);
  });

  it.each([
    [{ token_type: "ssh-cert", key_id: "k" }, '"req_cnf"', "as a JWK"],
    [{ token_type: "ssh-cert", req_cnf: "{}" }, '"key_id"', "a name for that key"],
    [{ token_type: "ssh-cert", req_cnf: "", key_id: "k" }, '"req_cnf"', "as a JWK"],
  ])("for an SSH certificate lacks what %o shows, and is refused before any network", async (data, name, meaning) => {
    const { app, provider } = publicApp();
    const refused = app.acquireTokenByRefreshToken("refresh", ["ssh"], { data });
    await expect(refused).rejects.toMatchObject({
      option: "data",
      message: expect.stringMatching(new RegExp(`^"data" must hold ${name} .*${meaning}`)) as string,
    });
    expect(provider.requests).toEqual([]);
  });

  it("is copied: what becomes of it while discovery runs changes nothing", async () => {
    const { app, provider } = confidentialApp();
    provider.expectToken(authority, { json: appTokens() });
    const data: Record<string, string> = { extra: "first" };
    const call = app.acquireTokenForClient(["a"], { data });
    data["extra"] = "second";
    await call;
    expect(provider.lastPost.form["extra"]).toBe("first");
  });

  it("binds a token to its key: the token answers only calls that name the key (B2.9, B4.6)", async () => {
    const { app, provider, clock, cache } = publicApp();
    const bound = { token_type: "ssh-cert", access_token: "bound", scope: "ssh" };
    provider
      .expectToken(authority, { json: userTokens(clock) })
      .expectToken(authority, { json: userTokens(clock, bound) });
    await app.acquireTokenByRefreshToken("seed", ["User.Read"]);
    const [account] = await app.getAccounts();
    if (account === undefined) throw new Error("nobody is signed in");
    const data = { token_type: "ssh-cert", key_id: "key-1", req_cnf: "{}" };
    const first = await app.acquireTokenSilent(["ssh"], account, { data });
    expect(first).toMatchObject({ access_token: "bound", token_type: "ssh-cert", token_source: "identity_provider" });
    expect(provider.lastPost.form).toMatchObject(data);
    expect(cache.find("AccessToken", { query: { key_id: "key-1" } })).toHaveLength(1);
    expect(await app.acquireTokenSilent(["ssh"], account, { data })).toMatchObject({
      access_token: "bound",
      token_source: "cache",
    });
    const unbound = userTokens(clock, { access_token: "free", scope: "ssh" });
    provider.expectToken(authority, { json: unbound });
    expect(await app.acquireTokenSilent(["ssh"], account)).toMatchObject({ access_token: "free" });
    provider.expectToken(authority, { json: userTokens(clock, { ...bound, access_token: "other key" }) });
    const other = { ...data, key_id: "key-2" };
    expect(await app.acquireTokenSilent(["ssh"], account, { data: other })).toMatchObject({
      access_token: "other key",
    });
    expect(account).toHaveProperty("homeAccountId", homeAccountId(alice));
  });
});

describe("timeout (B6.1)", () => {
  it.each(asking)("ends $name when a request of it takes too long", async (method) => {
    const callee = await signedIn();
    hangAtLast(callee.provider, method);
    const outcome = msalErrorFrom(method.call(callee, { correlationId }));
    await eventually(() => callee.provider.verifyDone());
    await settled();
    callee.clock.advance(29_999);
    expect(callee.provider.requests.at(-1)?.signal?.aborted).toBe(false);
    callee.clock.advance(1);
    const error = await outcome;
    expect(error).toMatchObject({ code: "request_timeout", retryable: true, correlationId });
    expect(error.message).toContain("not answered within 30000 ms");
    expect(callee.provider.requests.at(-1)?.signal?.aborted).toBe(true);
  });

  it("is each request's own, not the call's", async () => {
    const clock = new ManualClock();
    const provider = new FakeProvider().knows(authority);
    const configuration = `${authority}/v2.0/.well-known/openid-configuration`;
    provider.expectToken(authority, () => {
      clock.advance(9_000);
      return { json: appTokens() };
    });
    const slow: typeof fetch = (input, init) => {
      if (input === configuration) clock.advance(9_000);
      return provider.fetch(input, init);
    };
    const app = new ConfidentialClientApplication({
      clientId,
      authority,
      clientCredential: "secret",
      fetch: slow,
      clock,
      timeout: 10,
    });
    expect(await app.acquireTokenForClient(["a"])).toMatchObject({ access_token: "app-token" });
    expect(clock.pending).toBe(0);
  });
});

describe("a request that gets no answer (B6.1)", () => {
  const refused = (): never => {
    throw Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) });
  };

  function builtIn(clock: ManualClock): { app: ConfidentialClientApplication; provider: FakeProvider } {
    const provider = new FakeProvider().knows(authority);
    vi.stubGlobal("fetch", provider.fetch);
    onTestFinished(() => {
      vi.unstubAllGlobals();
      provider.verifyDone();
    });
    return {
      provider,
      app: new ConfidentialClientApplication({ clientId, authority, clientCredential: "secret", clock }),
    };
  }

  it("is sent once more by the platform's fetch, under the same id", async () => {
    const { app, provider } = builtIn(new ManualClock(undefined, { autoAdvancing: true }));
    provider.expectToken(authority, refused).expectToken(authority, { json: appTokens() });
    expect(await app.acquireTokenForClient(["a"])).toMatchObject({ access_token: "app-token" });
    const ids = provider.posts.map(({ headers }) => headers.get("client-request-id"));
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it("is not sent a third time", async () => {
    const { app, provider } = builtIn(new ManualClock(undefined, { autoAdvancing: true }));
    provider.expectToken(authority, refused).expectToken(authority, refused);
    const error = await msalErrorFrom(app.acquireTokenForClient(["a"]));
    expect(error).toMatchObject({ code: "network_error", retryable: true });
    expect(error.message).toContain("ECONNREFUSED");
  });

  it("waits for its second try no longer than the caller does", async () => {
    const clock = new ManualClock();
    const { app, provider } = builtIn(clock);
    provider.expectToken(authority, refused);
    const controller = new AbortController();
    const outcome = msalErrorFrom(app.acquireTokenForClient(["a"], { signal: controller.signal }));
    await eventually(() => provider.verifyDone());
    await settled();
    expect(clock.pending).toBe(1);
    controller.abort();
    expect((await outcome).code).toBe("aborted");
    await settled();
    expect(clock.pending).toBe(0);
  });

  it("is not sent again by a caller's fetch, which minds its own", async () => {
    const { app, provider, clock } = confidentialApp();
    provider.expectToken(authority, refused);
    const error = await msalErrorFrom(app.acquireTokenForClient(["a"]));
    expect(error.code).toBe("network_error");
    expect(provider.posts).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it("is not sent again when the server did answer: a POST may have had its effect", async () => {
    const { app, provider } = builtIn(new ManualClock(undefined, { autoAdvancing: true }));
    provider.expectToken(authority, { status: 503, headers: { "retry-after": "7" } });
    const error = await msalErrorFrom(app.acquireTokenForClient(["a"]));
    expect(error).toMatchObject({ code: "server_error", status: 503, retryable: true, retryAfter: 7 });
  });
});
