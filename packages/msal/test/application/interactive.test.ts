import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AuthResult, InteractiveOptions, PublicClientApplication } from "../../src/index.ts";
import { expectFree, holdPort } from "../interactive/browser-requests.ts";
import { type AppWorld, publicApp } from "../support/apps.ts";
import { neverAnswers } from "../support/fake-provider.ts";
import { msalErrorFrom } from "../support/thrown.ts";
import { alice, authority, clientId, clientInfo, tenantId, userTokens } from "../support/token-answers.ts";

/** What a browser would find in the address of the sign-in page. */
interface SignInPage {
  readonly query: Readonly<Record<string, string>>;
  readonly redirectUri: string;
  readonly port: number;
  /** Comes back as the provider's page makes a browser do, and gives what the user then sees. */
  readonly comeBack: (fields: Record<string, string>, method?: "GET" | "POST") => Promise<string>;
}

function openPage(url: string): SignInPage {
  const query = Object.fromEntries(new URL(url).searchParams);
  const redirectUri = query["redirect_uri"] ?? "";
  return {
    query,
    redirectUri,
    port: Number(new URL(redirectUri).port),
    async comeBack(fields, method = "GET") {
      const form = new URLSearchParams({ state: query["state"] ?? "", ...fields });
      const asQuery = method === "GET";
      const answer = await fetch(
        asQuery ? `${redirectUri}/?${form.toString()}` : redirectUri,
        asQuery ? {} : { method: "POST", body: form },
      );
      return answer.text();
    },
  };
}

interface Finished extends AppWorld {
  readonly result: AuthResult;
  readonly page: SignInPage;
  /** What the user saw at the end. */
  readonly shown: string;
}

/** Signs in with a browser that comes back at once. */
async function signIn(
  fields: Record<string, string> = { code: "the-code" },
  options: InteractiveOptions = {},
): Promise<Finished> {
  const { app, ...world } = publicApp();
  let page: SignInPage | undefined;
  let shown: Promise<string> | undefined;
  const result = await app.acquireTokenInteractive(["User.Read"], {
    openBrowser(url) {
      page = openPage(url);
      const { nonce, response_mode } = page.query;
      if ("code" in fields) {
        world.provider.expectToken(authority, { json: userTokens(world.clock, { claims: { nonce } }) });
      }
      shown = page.comeBack(fields, response_mode === "form_post" ? "POST" : "GET");
    },
    ...options,
  });
  if (page === undefined || shown === undefined) throw new Error("No page was opened");
  return { ...world, result, page, shown: await shown };
}

/** Starts a sign-in and gives the page; nobody comes back. */
async function startSignIn(
  app: PublicClientApplication,
  options: InteractiveOptions = {},
): Promise<{ page: SignInPage; outcome: Promise<AuthResult> }> {
  return new Promise((resolve, reject) => {
    const outcome = app.acquireTokenInteractive(["User.Read"], {
      openBrowser: (url) => resolve({ page: openPage(url), outcome }),
      ...options,
    });
    outcome.catch(reject);
  });
}

async function freePort(): Promise<number> {
  const { port, release } = await holdPort(0, "127.0.0.1");
  await release();
  return port;
}

describe("B5.4 acquireTokenInteractive", () => {
  it("opens the sign-in page, takes the answer on localhost and gives tokens", async () => {
    const { page, result, shown, provider } = await signIn();
    expect(result).toMatchObject({ access_token: "access-token", account: { username: alice.username } });
    expect(shown).toContain("Sign-in finished");
    const { state, nonce, code_challenge, ...query } = page.query;
    expect([state?.length, nonce?.length]).toEqual([36, 64]);
    expect(query).toEqual({
      client_id: clientId,
      response_type: "code",
      redirect_uri: `http://localhost:${page.port}`,
      scope: "User.Read offline_access openid profile",
      code_challenge_method: "S256",
      client_info: "1",
    });
    const { code_verifier = "", ...form } = provider.lastPost.form;
    expect(createHash("sha256").update(code_verifier).digest("base64url")).toBe(code_challenge);
    expect(form).toEqual({
      client_id: clientId,
      client_info: "1",
      grant_type: "authorization_code",
      code: "the-code",
      redirect_uri: page.redirectUri,
      scope: "User.Read offline_access openid profile",
    });
  });

  it("B2.4 B2.5 counts as interactive, and names the user's mailbox", async () => {
    const { provider } = await signIn({ code: "the-code", client_info: clientInfo(alice) });
    const { headers } = provider.lastPost;
    expect(headers.get("x-client-current-telemetry")).toBe("4|169,0|");
    expect(headers.get("x-anchormailbox")).toBe(`Oid:${alice.uid}@${tenantId}`);
  });

  it("B2.3 sends all its requests under one id", async () => {
    const correlationId = "11111111-2222-4333-8444-555555555555";
    const { provider, result } = await signIn({ code: "the-code" }, { correlationId });
    expect(provider.requests.map(({ headers }) => headers.get("client-request-id"))).toEqual([
      correlationId,
      correlationId,
    ]);
    expect(result.correlation_id).toBe(correlationId);
  });

  it("takes the answer by form_post", async () => {
    const { page, result, shown } = await signIn({ code: "the-code" }, { responseMode: "form_post" });
    expect(page.query["response_mode"]).toBe("form_post");
    expect(result).toHaveProperty("access_token");
    expect(shown).toContain("Sign-in finished");
  });

  it.each(["query", "form_post"] as const)("gives an error that came by %s as a value", async (responseMode) => {
    const refusal = {
      error: "access_denied",
      error_description: "The user said <no>",
      error_uri: "https://e.example/",
    };
    const { result, shown, cache } = await signIn(refusal, { responseMode });
    expect(result).toEqual(refusal);
    expect(shown).toContain("The user said &lt;no&gt;");
    expect(cache.find("Account")).toEqual([]);
  });

  it("puts every option into the address", async () => {
    const { page } = await signIn(
      { error: "access_denied" },
      {
        prompt: "select_account",
        loginHint: alice.username,
        domainHint: "contoso.com",
        claimsChallenge: '{"access_token":{}}',
        maxAge: 60,
      },
    );
    expect(page.query).toMatchObject({
      prompt: "select_account",
      login_hint: alice.username,
      domain_hint: "contoso.com",
      claims: '{"access_token":{}}',
      max_age: "60",
      "X-AnchorMailbox": `UPN:${alice.username}`,
    });
  });

  it("asks consent for further scopes, and no token for them", async () => {
    const { page, provider } = await signIn({ code: "the-code" }, { extraScopesToConsent: ["api://other/Read"] });
    expect(page.query["scope"]).toBe("User.Read api://other/Read offline_access openid profile");
    expect(provider.lastPost.form["scope"]).toBe("User.Read offline_access openid profile");
  });

  it("B5.3 refuses an id token of another sign-in, and caches nothing", async () => {
    const { app, provider, clock, cache } = publicApp();
    const { page, outcome } = await startSignIn(app);
    provider.expectToken(authority, { json: userTokens(clock, { claims: { nonce: "other" } }) });
    await page.comeBack({ code: "the-code" });
    expect(await msalErrorFrom(outcome)).toMatchObject({ code: "invalid_id_token" });
    expect(cache.find("AccessToken")).toEqual([]);
  });

  it("B5.3 holds the sign-in to max_age", async () => {
    const { app, provider, clock } = publicApp();
    const { page, outcome } = await startSignIn(app, { maxAge: 60 });
    provider.expectToken(authority, { json: userTokens(clock, { claims: { nonce: page.query["nonce"] } }) });
    await page.comeBack({ code: "the-code" });
    expect((await msalErrorFrom(outcome)).message).toContain('"auth_time"');
  });

  it("B5.3 refuses an answer of another issuer (RFC 9207)", async () => {
    const { app, provider } = publicApp();
    const { page, outcome } = await startSignIn(app);
    await page.comeBack({ code: "the-code", iss: "https://evil.example" });
    expect(await msalErrorFrom(outcome)).toMatchObject({ code: "issuer_mismatch" });
    expect(provider.posts).toEqual([]);
  });

  it("ignores an answer of a foreign state, and goes on waiting", async () => {
    const { app, provider, clock } = publicApp();
    const { page, outcome } = await startSignIn(app);
    expect(await page.comeBack({ code: "forged", state: "foreign" })).toContain("belongs to another sign-in");
    provider.expectToken(authority, { json: userTokens(clock, { claims: { nonce: page.query["nonce"] } }) });
    await page.comeBack({ code: "the-code" });
    expect(await outcome).toHaveProperty("access_token");
    expect(provider.lastPost.form["code"]).toBe("the-code");
  });

  it("shows the caller's own pages, with the provider's words escaped", async () => {
    const templates = { successTemplate: "<p>Welcome", errorTemplate: "<p>$error: $error_description" };
    expect((await signIn({ code: "the-code" }, templates)).shown).toBe("<p>Welcome");
    const refusal = { error: "e", error_description: "<script>" };
    expect((await signIn(refusal, templates)).shown).toBe("<p>e: &lt;script&gt;");
  });

  it("announces the browser before it opens", async () => {
    const events: unknown[] = [];
    const { app } = publicApp();
    const outcome = app.acquireTokenInteractive([], {
      onBeforeLaunchingUi: async (event) => void events.push(event),
      async openBrowser(url) {
        events.push("opened");
        await openPage(url).comeBack({ error: "access_denied" });
      },
    });
    await outcome;
    expect(events).toEqual([{ ui: "browser" }, "opened"]);
  });

  it("hands the address to onAuthUri when no browser opens, and works from there", async () => {
    const { app } = publicApp();
    const result = await app.acquireTokenInteractive([], {
      openBrowser: () => Promise.reject(new Error("no display")),
      onAuthUri: async (url) => void (await openPage(url).comeBack({ error: "access_denied" })),
    });
    expect(result).toEqual({ error: "access_denied" });
  });

  it("listens on the port that was asked for, and frees it before it redeems the code", async () => {
    const port = await freePort();
    const { app, provider, clock } = publicApp();
    const { page, outcome } = await startSignIn(app, { port });
    expect(page.redirectUri).toBe(`http://localhost:${port}`);
    provider.expectToken(authority, async () => {
      await expectFree(port);
      return { json: userTokens(clock, { claims: { nonce: page.query["nonce"] } }) };
    });
    await page.comeBack({ code: "the-code" });
    expect(await outcome).toHaveProperty("access_token");
  });
});

describe("B5.4 acquireTokenInteractive ends, and frees its port,", () => {
  it("when the user does not finish in time", async () => {
    const { app, clock } = publicApp();
    const { page, outcome } = await startSignIn(app, { timeout: 90 });
    clock.advance(89_999);
    await page.comeBack({ state: "foreign" });
    clock.advance(1);
    const error = await msalErrorFrom(outcome);
    expect(error.code).toBe("interaction_timeout");
    expect(error.message).toContain("within 90 s");
    await expectFree(page.port);
    expect(clock.pending).toBe(0);
  });

  it("when the caller aborts", async () => {
    const { app } = publicApp();
    const controller = new AbortController();
    const { page, outcome } = await startSignIn(app, { signal: controller.signal });
    controller.abort(new Error("enough"));
    expect(await msalErrorFrom(outcome)).toMatchObject({ code: "aborted", name: "AbortError" });
    await expectFree(page.port);
  });

  it("when the caller aborts while the code is redeemed", async () => {
    const { app, provider } = publicApp();
    const controller = new AbortController();
    const { page, outcome } = await startSignIn(app, { signal: controller.signal });
    provider.expectToken(authority, (request) => {
      controller.abort();
      return neverAnswers(request);
    });
    await page.comeBack({ code: "the-code" });
    expect(await msalErrorFrom(outcome)).toMatchObject({ code: "aborted" });
  });

  it("when the caller aborts while the endpoints are discovered", async () => {
    const port = await freePort();
    const { app, provider } = publicApp();
    const controller = new AbortController();
    provider.forgets(authority).expect("GET", `${authority}/v2.0/.well-known/openid-configuration`, (request) => {
      controller.abort();
      return neverAnswers(request);
    });
    const waiting = app.acquireTokenInteractive([], { port, signal: controller.signal });
    expect(await msalErrorFrom(waiting)).toMatchObject({ code: "aborted" });
    await expectFree(port);
  });

  it("when the authority cannot be discovered", async () => {
    const port = await freePort();
    const { app, provider } = publicApp();
    provider.forgets(authority).expect("GET", `${authority}/v2.0/.well-known/openid-configuration`, { status: 400 });
    const openBrowser = (): never => expect.unreachable();
    const error = await msalErrorFrom(app.acquireTokenInteractive([], { port, openBrowser }));
    expect(error.code).toBe("authority_not_found");
    await expectFree(port);
  });

  it("when onBeforeLaunchingUi throws", async () => {
    const port = await freePort();
    const { app } = publicApp();
    const broken = new Error("broken");
    const options: InteractiveOptions = {
      port,
      onBeforeLaunchingUi: () => Promise.reject(broken),
      openBrowser: () => expect.unreachable(),
    };
    await expect(app.acquireTokenInteractive([], options)).rejects.toBe(broken);
    await expectFree(port);
  });

  it("at once when the port is taken, without a browser", async () => {
    const { port, release } = await holdPort(0, "127.0.0.1");
    const { app, provider } = publicApp();
    const waiting = app.acquireTokenInteractive([], { port, openBrowser: () => expect.unreachable() });
    const error = await msalErrorFrom(waiting);
    await release();
    expect(error.code).toBe("listener_failed");
    expect(error.message).toContain(String(port));
    expect(provider.requests).toEqual([]);
  });
});

describe("B5.4 acquireTokenInteractive refuses, before it listens or sends,", () => {
  it.each<[string, Record<string, unknown>]>([
    ["port", { port: -1 }],
    ["timeout", { timeout: 0 }],
    ["successTemplate", { successTemplate: 1 }],
    ["errorTemplate", { errorTemplate: {} }],
    ["prompt", { prompt: 1 }],
    ["responseMode", { responseMode: "fragment" }],
    ["maxAge", { maxAge: -1 }],
    ["claimsChallenge", { claimsChallenge: "no JSON" }],
    ["extraScopesToConsent", { extraScopesToConsent: "api://other/Read" }],
    ["openBrowser", { openBrowser: "firefox" }],
    ["onAuthUri", { onAuthUri: true }],
    ["onBeforeLaunchingUi", { onBeforeLaunchingUi: {} }],
    ["signal", { signal: {} }],
  ])("a wrong %s", async (name, options) => {
    const { port, release } = await holdPort(0, "127.0.0.1");
    const { app, provider } = publicApp();
    const openBrowser = (): never => expect.unreachable();
    const error = await app
      .acquireTokenInteractive([], { port, openBrowser, ...options })
      .catch((reason: unknown) => reason);
    await release();
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ option: name });
    expect(provider.requests).toEqual([]);
  });
});
