import * as fc from "fast-check";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  type AuthResult,
  type ClientCredential,
  ConfidentialClientApplication,
  type DeviceFlow,
  MsalError,
  PublicClientApplication,
  SerializableTokenCache,
} from "../../src/index.ts";
import { FakeProvider } from "../support/fake-provider.ts";
import { leaks, markedSecret, plainSecret } from "../support/marked-secrets.ts";
import { ManualClock } from "../support/manual-clock.ts";
import {
  alice,
  authority,
  clientId,
  clientInfo,
  homeAccountId,
  host,
  idTokenClaims,
  tenantId,
  unsigned,
} from "../support/token-answers.ts";

/** Every kind of secret that goes in or comes out. */
const secretsArbitrary = fc.record({
  clientSecret: markedSecret,
  password: markedSecret,
  passphrase: markedSecret,
  refreshToken: markedSecret,
  accessToken: markedSecret,
  newRefreshToken: markedSecret,
  code: markedSecret,
  codeVerifier: markedSecret,
  deviceCode: markedSecret,
  clientAssertion: markedSecret,
  userAssertion: markedSecret,
  idToken: plainSecret,
});
type Secrets = typeof secretsArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** One run: a network that fails in one way, applications over it, and all that they log. */
interface Run {
  readonly secrets: Secrets;
  readonly cache: SerializableTokenCache;
  readonly clock: ManualClock;
  readonly log: string[];
  readonly fetch: typeof fetch;
  /** The telemetry that was sent. */
  readonly sent: string[];
}

interface Flow {
  readonly name: string;
  run(world: Run): Promise<unknown>;
}

const scopes = ["User.Read"];

function confidential(
  { fetch, cache, clock, log, secrets }: Run,
  clientCredential: ClientCredential = secrets.clientSecret,
): ConfidentialClientApplication {
  const options = { clientId, authority, clientCredential, fetch, clock, tokenCache: cache, logger: loggerInto(log) };
  return watched(new ConfidentialClientApplication(options), log);
}

function publicClient({ fetch, cache, clock, log }: Run): PublicClientApplication {
  const options = { clientId, authority, fetch, clock, tokenCache: cache, logger: loggerInto(log) };
  return watched(new PublicClientApplication(options), log);
}

/** What an application looks like goes to the log too. */
function watched<A extends object>(app: A, log: string[]): A {
  log.push(inspect(app, { depth: 10, showHidden: true, getters: true }), JSON.stringify(app));
  return app;
}

function loggerInto(log: string[]): Record<"error" | "warn" | "info" | "debug", (message: string) => void> {
  const write = (message: string): void => void log.push(message);
  return { error: write, warn: write, info: write, debug: write };
}

const flows: readonly Flow[] = [
  {
    name: "client credentials with a secret",
    run: (world) => confidential(world).acquireTokenForClient(scopes),
  },
  {
    name: "client credentials with an assertion",
    run: (world) =>
      confidential(world, { clientAssertion: world.secrets.clientAssertion }).acquireTokenForClient(scopes),
  },
  {
    name: "client credentials with an assertion callback",
    run: (world) =>
      confidential(world, { clientAssertion: () => world.secrets.clientAssertion }).acquireTokenForClient(scopes),
  },
  {
    name: "client credentials with extra parameters",
    run: (world) =>
      confidential(world).acquireTokenForClient(scopes, { data: { proof: world.secrets.clientAssertion } }),
  },
  {
    name: "on behalf of a user",
    run: (world) => confidential(world).acquireTokenOnBehalfOf(world.secrets.userAssertion, scopes),
  },
  {
    name: "refresh token migration",
    run: (world) => confidential(world).acquireTokenByRefreshToken(world.secrets.refreshToken, scopes),
  },
  {
    name: "password",
    run: (world) =>
      publicClient(world).acquireTokenByUsernamePassword("alice@contoso.com", world.secrets.password, scopes),
  },
  {
    name: "authorization code",
    run: async (world) => {
      const app = confidential(world);
      const flow = {
        ...(await app.initiateAuthCodeFlow(scopes, { state: "state" })),
        code_verifier: world.secrets.codeVerifier,
      };
      return app.acquireTokenByAuthCodeFlow(flow, { state: "state", code: world.secrets.code });
    },
  },
  {
    name: "authorization code, the older way",
    run: (world) => confidential(world).acquireTokenByAuthorizationCode(world.secrets.code, scopes),
  },
  {
    name: "the start of a device code flow",
    run: (world) => publicClient(world).initiateDeviceFlow(scopes),
  },
  {
    name: "the start of a device code flow with extra parameters",
    run: (world) => publicClient(world).initiateDeviceFlow(scopes, { data: { proof: world.secrets.clientAssertion } }),
  },
  {
    name: "device code",
    run: ({ secrets, ...world }) => {
      const flow: DeviceFlow = {
        user_code: "ABC",
        device_code: secrets.deviceCode,
        verification_uri: "https://microsoft.com/devicelogin",
        message: "type it",
        interval: 5,
        expires_in: 900,
        expires_at: world.clock.now() / 1000 + 900,
      };
      return publicClient({ secrets, ...world }).acquireTokenByDeviceFlow(flow);
    },
  },
  {
    name: "silent renewal",
    run: (world) => {
      const account = {
        homeAccountId: homeAccountId(alice),
        environment: host,
        tenantId,
        localAccountId: alice.uid,
        username: alice.username,
        authorityType: "MSSTS",
      };
      return confidential(world).acquireTokenSilentWithError(scopes, account, { forceRefresh: true });
    },
  },
];

/** How the request of a flow fails, which is told the request's body. */
type Failure = (body: string, world: Run) => Response | Promise<Response>;

/** A body in the ways in which programs quote what they were sent. */
function quotations(body: string): string[] {
  const form = Object.fromEntries(new URLSearchParams(body));
  const values = Object.values(form);
  return [
    body,
    JSON.stringify(form),
    JSON.stringify({ request: JSON.stringify(form) }),
    inspect(form),
    encodeURIComponent(body),
    ...values.map((value) => `The value '${value}' is wrong.`),
    ...values.map((value) => `The value ${JSON.stringify(value)} is wrong.`),
    ...values.map((value) => `The value ${encodeURIComponent(value)} is wrong.`),
  ];
}

const quoted = (body: string): string => quotations(body).join(" | ");

const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status });

function tokensOf({ secrets, clock }: Run, id_token: string): Record<string, unknown> {
  return {
    token_type: "Bearer",
    expires_in: 3600,
    access_token: secrets.accessToken,
    refresh_token: secrets.newRefreshToken,
    device_code: secrets.deviceCode,
    id_token,
    client_info: clientInfo(alice),
    at: clock.now(),
  };
}

const failures: Readonly<Record<string, Failure>> = {
  "a network error that quotes the request": (body) => {
    const cause = Object.assign(new Error(quoted(body)), { code: "ECONNRESET", request: { body } });
    throw Object.assign(new TypeError(`fetch failed: ${quoted(body)}`, { cause }), { body, name: `Bad ${body}` });
  },
  "a network error with the request as its code": (body) => {
    throw Object.assign(new Error("no"), { code: body, cause: { body }, errors: [new Error(body)] });
  },
  "a thrown text": (body) => {
    throw quoted(body) as unknown;
  },
  "an answer that breaks off": (body) =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.error(new Error(quoted(body)));
        },
      }),
    ),
  "an answer that is no JSON": (body) => new Response(`<html>${quoted(body)}</html>`, { status: 400 }),
  "an answer that is no JSON, one quotation each": (body, world) => {
    const all = quotations(body);
    return new Response(all[world.sent.length % all.length], { status: 429 });
  },
  "a redirect": (body) => new Response(null, { status: 302, headers: { location: `https://elsewhere/?${body}` } }),
  "a server's failure in words": (body) => new Response(quoted(body), { status: 500 }),
  "a server's failure in JSON": (body) => json(refusalQuoting(quoted(body)), 503),
  "a refusal": (body) => json(refusalQuoting(quoted(body)), 400),
  "a refusal with a challenge for the client": (body) =>
    new Response(JSON.stringify(refusalQuoting(quoted(body))), {
      status: 401,
      headers: { "www-authenticate": `Bearer error_description="${encodeURIComponent(body)}"` },
    }),
  "JSON that is neither tokens nor refusal": (body, world) => json({ ...tokensOf(world, ""), access_token: 1, body }),
  "JSON cut off amid the tokens": (_, world) => {
    const whole = JSON.stringify(tokensOf(world, world.secrets.idToken));
    return new Response(whole.slice(0, whole.indexOf("refresh_token") + 30));
  },
  "JSON cut off at its last sign": (_, world) =>
    new Response(JSON.stringify(tokensOf(world, world.secrets.idToken)).slice(0, -1)),
  "an id token that is none": (_, world) => json(tokensOf(world, world.secrets.idToken)),
  "an id token for somebody else": (_, world) =>
    json(tokensOf(world, `${unsigned({ ...idTokenClaims(world.clock), aud: "else" })}${world.secrets.idToken}`)),
  "an id token that has ended": (_, world) =>
    json(tokensOf(world, `${unsigned({ ...idTokenClaims(world.clock), exp: 1 })}${world.secrets.idToken}`)),
  "no answer in time": (_, world) => {
    queueMicrotask(() => world.clock.advance(30_000));
    return new Promise(() => {});
  },
};

function refusalQuoting(text: string): Record<string, unknown> {
  const words = { error: `invalid ${text}`, suberror: text, claims: text, trace_id: text, timestamp: text };
  return { ...words, error_description: text, error_uri: `https://error/?${text}`, correlation_id: text };
}

function createRun(secrets: Secrets, failure: Failure): Run {
  const clock = new ManualClock();
  const cache = new SerializableTokenCache({ clock });
  cache.add({
    client_id: clientId,
    scope: ["Other.Read"],
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    grant_type: "authorization_code",
    response: {
      access_token: secrets.accessToken,
      refresh_token: secrets.refreshToken,
      client_info: clientInfo(alice),
      id_token: unsigned(idTokenClaims(clock)),
    },
  });
  const log: string[] = [];
  const sent: string[] = [];
  const provider = new FakeProvider().knows(authority);
  const world: Run = {
    secrets,
    cache,
    clock,
    log,
    sent,
    fetch: async (input, init) => {
      if (typeof input === "string" && input.includes("/common/userrealm/")) return json({ account_type: "Managed" });
      if (init?.method !== "POST") return provider.fetch(input, init);
      sent.push(...new Headers(init.headers).values());
      return failure(typeof init.body === "string" ? init.body : "", world);
    },
  };
  return world;
}

/** What came of a call: the error, or the refusal. Tokens would be a failure that failed to fail. */
async function outcomeOf(flow: Flow, world: Run): Promise<unknown> {
  const outcome = await flow.run(world).catch((error: unknown) => error);
  const failed =
    outcome instanceof MsalError || (typeof outcome === "object" && outcome !== null && "error" in outcome);
  expect(failed, String(outcome)).toBe(true);
  return outcome;
}

describe("B4.12 no secret shows, whatever fails", () => {
  describe.each(flows)("in $name", (flow) => {
    it.each(Object.entries(failures))("by %s", async (name, failure) => {
      const startsDeviceFlow = flow.name.startsWith("the start of a device code flow");
      // A device code flow may be started without any of this: there, such an answer is merely incomplete.
      await fc.assert(
        fc.asyncProperty(secretsArbitrary, async (secrets) => {
          const world = createRun(secrets, failure);
          const outcome = await outcomeOf(flow, world);
          // A second call would carry the failure's name in its telemetry.
          await flow.run(world).catch(() => {});
          const { cache, log, sent } = world;
          expect(leaks({ outcome, log: log.join("\n"), cache, sent: sent.join("\n") })).toEqual([]);
        }),
        { numRuns: startsDeviceFlow ? 3 : 5 },
      );
      expect(name).not.toBe("");
    });
  });
});

describe("B4.12 no secret shows, when it is the caller's own that fails", () => {
  const key = (secret: string): string => `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`;
  const token = (secret: string): string => `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(secret).toString("base64url")}.c2ln`;

  /** An error that quotes secrets as key material, tokens and fields do, in all its parts. */
  function talkative({ clientAssertion, passphrase, clientSecret }: Secrets): Error {
    const text = `${key(clientAssertion)} ${token(clientAssertion)} passphrase=${encodeURIComponent(passphrase)}`;
    const cause = new Error(`{"client_secret":${JSON.stringify(clientSecret)}}`);
    const error = Object.assign(new Error(text, { cause }), { config: { clientSecret } });
    error.stack = `Error: ${text}\n    at somewhere`;
    return error;
  }

  it.each(["clientAssertion", "sign"])("in the %s callback", async (kind) => {
    await fc.assert(
      fc.asyncProperty(secretsArbitrary, async (secrets) => {
        const world = createRun(secrets, () => json({}));
        const fail = (): never => {
          throw talkative(secrets);
        };
        const credential: ClientCredential =
          kind === "sign" ? { sign: fail, thumbprint: "A1".repeat(20) } : { clientAssertion: fail };
        const app = confidential(world, credential);
        const error = await app.acquireTokenForClient(scopes).catch((reason: unknown) => reason);
        expect(error).toMatchObject({ code: "assertion_failed" });
        expect(leaks({ error, log: world.log.join("\n"), sent: world.sent.join("\n") })).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it.each(["PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY"])("in a %s that does not open", async (label) => {
    await fc.assert(
      fc.asyncProperty(secretsArbitrary, plainSecret, async (secrets, material) => {
        const world = createRun(secrets, () => json({}));
        const base64 = Buffer.from(material).toString("base64");
        const privateKey = `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----`;
        const { passphrase } = secrets;
        const app = confidential(world, {
          privateKey,
          thumbprint: "A1".repeat(20),
          ...(label === "PRIVATE KEY" ? {} : { passphrase }),
        });
        const error = await app.acquireTokenForClient(scopes).catch((reason: unknown) => reason);
        expect(error).toMatchObject({ code: "invalid_credential" });
        expect(leaks({ error, log: world.log.join("\n") })).toEqual([]);
        expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(base64);
      }),
      { numRuns: 10 },
    );
  });

  it("in arguments that are refused", async () => {
    await fc.assert(
      fc.asyncProperty(secretsArbitrary, async (secrets) => {
        const world = createRun(secrets, () => json({}));
        const app = confidential(world);
        const { password, refreshToken, code, codeVerifier } = secrets;
        const halfFlow = { auth_uri: "", state: "s", scope: scopes, code_verifier: codeVerifier, nonce: code };
        const calls: Promise<unknown>[] = [
          app.acquireTokenByRefreshToken(scopes as unknown as string, [refreshToken]),
          app.acquireTokenByUsernamePassword("", password, scopes),
          app.acquireTokenByAuthCodeFlow(halfFlow, { state: "s", code }),
          app.acquireTokenByAuthCodeFlow({ ...halfFlow, auth_uri: "x" }, { state: code, code }),
          app.acquireTokenForClient(scopes, { claimsChallenge: password }),
          app.acquireTokenForClient(scopes, { correlationId: `${password} ` }),
        ];
        for (const call of calls) {
          const error = await call.catch((reason: unknown) => reason);
          expect(error).toBeInstanceOf(Error);
          expect(leaks({ error })).toEqual([]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("in a cache state that is corrupt, wherever it is cut", () => {
    fc.assert(
      fc.property(secretsArbitrary, fc.nat(), fc.constantFrom("", "x", '"', "}"), (secrets, at, rest) => {
        const { cache } = createRun(secrets, () => json({}));
        const state = cache.serialize();
        const broken = `${state.slice(0, at % state.length)}${rest}`;
        // Cut between two sections and closed, it is a whole state again.
        fc.pre(!isJson(broken));
        let error: unknown;
        try {
          new SerializableTokenCache().deserialize(broken);
        } catch (reason) {
          error = reason;
        }
        // Nothing is an empty cache, not a corrupt one.
        const isNothing = broken.trim() === "";
        expect(error instanceof MsalError && error.code).toBe(isNothing ? false : "invalid_cache");
        expect(leaks({ error })).toEqual([]);
      }),
    );
  });
});

describe("B4.12 a refusal that quotes no secret", () => {
  it("stays as it is, for programs and people to read", async () => {
    const refusal = {
      error: "invalid_grant",
      error_description: "AADSTS50076: use multi-factor authentication. Trace ID: abc",
      error_codes: [50076],
      suberror: "basic_action",
      claims: '{"access_token":{"capolids":{"essential":true,"values":["p1"]}}}',
      correlation_id: "11111111-2222-4333-8444-555555555555",
      trace_id: "22222222-2222-4333-8444-555555555555",
      timestamp: "2026-01-01 00:00:00Z",
    };
    const [secrets] = fc.sample(secretsArbitrary, 1);
    if (secrets === undefined) throw new Error("nothing was sampled");
    const world = createRun(secrets, () => json(refusal, 400));
    const result: AuthResult = await confidential(world).acquireTokenForClient(scopes);
    expect(result).toEqual(refusal);
  });

  it("keeps its codes though the password is a word of them", async () => {
    const [secrets] = fc.sample(secretsArbitrary, 1);
    if (secrets === undefined) throw new Error("nothing was sampled");
    const world = createRun(secrets, () =>
      json({ error: "invalid_grant", suberror: "basic_action", error_description: "the grant is bad" }, 400),
    );
    const result = await publicClient(world).acquireTokenByUsernamePassword("alice@contoso.com", "grant", scopes);
    expect(result).toMatchObject({
      error: "invalid_grant",
      suberror: "basic_action",
      error_description: "the [redacted] is bad",
    });
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
