import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ConfidentialClientApplication, PublicClientApplication, SerializableTokenCache } from "../../src/index.ts";
import { endingOfPromise } from "../support/coded.ts";
import { type PublicMethod, publicMethods } from "../support/every-method.ts";
import { hostileJson, hostileObject, hostileText, withOneOddField } from "../support/hostile-json.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { leaks } from "../support/marked-secrets.ts";
import { alice, clientId, clientInfo, homeAccountId, idTokenClaims, unsigned } from "../support/token-answers.ts";

/** A host that is not known beforehand, so that discovery asks all it can. */
const host = "login.contoso.example";
const authority = `https://${host}/contoso.example`;
const marked = (name: string): string => `hEaD9zQ4.${name}.7tAiLq2X`;

/** What the authority answers when nothing is wrong with it. */
const goodAnswers = {
  instance: { tenant_discovery_endpoint: "x", metadata: [{ aliases: [host, "alias.contoso.example"] }] },
  configuration: {
    issuer: `https://${host}/tenant/v2.0`,
    authorization_endpoint: `https://${host}/tenant/authorize`,
    token_endpoint: `https://${host}/tenant/token`,
    device_authorization_endpoint: `https://${host}/tenant/devicecode`,
    jwks_uri: `https://${host}/tenant/keys`,
  },
  realm: { account_type: "Managed", domain_name: "contoso.com" },
  keys: { keys: [{ kid: "none", kty: "RSA", n: "AQAB", e: "AQAB" }] },
  device: {
    device_code: marked("device-code"),
    user_code: "ABC",
    verification_uri: "https://microsoft.com/devicelogin",
    expires_in: 900,
    interval: 5,
    message: "type it",
  },
  token: {
    token_type: "Bearer",
    expires_in: 3600,
    ext_expires_in: 7200,
    refresh_in: 1800,
    scope: "Files.Read openid",
    access_token: marked("new-access-token"),
    refresh_token: marked("new-refresh-token"),
    id_token: "",
    client_info: clientInfo(alice),
    foci: "1",
    extra: 1,
  },
  refusal: {
    error: "invalid_grant",
    error_description: "AADSTS50076: no",
    error_codes: [50076],
    suberror: "basic_action",
    claims: "{}",
    timestamp: "now",
    trace_id: "t",
    correlation_id: "c",
    error_uri: "https://error",
  },
};
type Endpoint = Exclude<keyof typeof goodAnswers, "refusal">;

interface HostileAnswer {
  readonly endpoint: Endpoint;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

const headers = fc.record(
  {
    "retry-after": fc.constantFrom(
      "5",
      "9".repeat(400),
      "-1",
      "Mon, 99 Foo 2026",
      "Thu, 01 Jan 2026 00:01:00 GMT",
      "x",
    ),
    date: fc.constantFrom("Thu, 01 Jan 2026 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Sun", "Sun 275760"),
    "content-type": fc.constantFrom("application/json", "text/html; charset=utf-16", "\u00FF"),
    "www-authenticate": fc.constantFrom("Bearer", `PKeyAuth Context="x", Version="1.0"`),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => Uint8Array.from(array));

/** An answer of one endpoint that goes wrong; what has the form of an answer goes wrong later, so it comes often. */
function hostileAnswer(clock: ManualClock): fc.Arbitrary<HostileAnswer> {
  const endpoints: Endpoint[] = ["instance", "configuration", "realm", "keys", "device", "token", "token", "token"];
  return fc.constantFrom(...endpoints).chain((endpoint) => {
    const claims = hostileObject({ ...idTokenClaims(clock), iss: goodAnswers.configuration.issuer, extra: 1 });
    const token = claims.chain((text) => hostileObject({ ...goodAnswers.token, id_token: jwtOf(text) }));
    const inForm = endpoint === "token" ? token : hostileObject(goodAnswers[endpoint]);
    return fc.record({
      endpoint: fc.constant(endpoint),
      status: fc.oneof(fc.constant(200), fc.constantFrom(200, 201, 302, 400, 401, 404, 408, 429, 500, 503)),
      headers,
      body: fc.oneof(
        { weight: 4, arbitrary: inForm },
        { weight: 2, arbitrary: hostileObject(goodAnswers.refusal) },
        { weight: 1, arbitrary: hostileJson },
        { weight: 1, arbitrary: hostileText },
        { weight: 1, arbitrary: bytes },
      ),
    });
  });
}

/** A token whose claims may be nested past what `JSON.stringify` writes. */
function jwtOf(claims: string): string {
  const [header = "", , signature = ""] = unsigned({}).split(".");
  return `${header}.${encode(claims)}.${signature}`;
}

function encode(text: string): string {
  return Buffer.from(text).toString("base64url");
}

interface World {
  readonly cache: SerializableTokenCache;
  readonly publicApp: PublicClientApplication;
  readonly confidentialApp: ConfidentialClientApplication;
  readonly log: string[];
  /** How many requests were sent. */
  requests: number;
}

/** More questions than this are a loop. */
const mostRequests = 12;

function createWorld(hostile: HostileAnswer, validateIdToken: "claims" | "signature"): World {
  const clock = new ManualClock(undefined, { autoAdvancing: true });
  const cache = new SerializableTokenCache({ clock });
  const log: string[] = [];
  const idToken = unsigned({ ...idTokenClaims(clock), iss: goodAnswers.configuration.issuer });
  cache.add({
    client_id: clientId,
    token_endpoint: goodAnswers.configuration.token_endpoint,
    scope: ["Other.Read"],
    response: { ...goodAnswers.token, refresh_token: marked("refresh-token"), id_token: idToken },
  });
  const fetch: typeof globalThis.fetch = async (input) => {
    if (typeof input !== "string") throw new TypeError("The library asks by address.");
    world.requests += 1;
    const endpoint = endpointAt(input);
    const isHostile = endpoint === hostile.endpoint && world.requests <= mostRequests;
    if (isHostile) return new Response(hostile.body, hostile);
    if (world.requests > mostRequests) return Response.json(goodAnswers.refusal, { status: 400 });
    return Response.json(endpoint === "token" ? { ...goodAnswers.token, id_token: idToken } : goodAnswers[endpoint]);
  };
  const write = (message: string): void => void log.push(message);
  const logger = { error: write, warn: write, info: write, debug: write };
  const options = { clientId, authority, tokenCache: cache, clock, fetch, logger, validateIdToken };
  const clientCredential = marked("client-secret");
  const world: World = {
    cache,
    log,
    requests: 0,
    publicApp: new PublicClientApplication({ ...options, clientCapabilities: ["CP1"] }),
    confidentialApp: new ConfidentialClientApplication({ ...options, clientCredential }),
  };
  return world;
}

function endpointAt(url: string): Endpoint {
  if (url.includes("/discovery/instance")) return "instance";
  if (url.includes("/.well-known/")) return "configuration";
  if (url.includes("/userrealm/")) return "realm";
  if (url.endsWith("/keys")) return "keys";
  return url.endsWith("/devicecode") ? "device" : "token";
}

const account = {
  homeAccountId: homeAccountId(alice),
  environment: host,
  tenantId: alice.utid,
  localAccountId: alice.uid,
  username: alice.username,
  authorityType: "MSSTS",
};

/** The interactive call waits for a browser, which has a test of its own. */
const methods = publicMethods.filter(({ name }) => name !== "acquireTokenInteractive");

describe("whatever an identity provider answers", () => {
  let clock: ManualClock;
  beforeAll(() => {
    clock = new ManualClock();
  });

  it.each(methods)(
    "$name ends with a value or an error with a code, and no cache is lost (B2.8, B4.12)",
    async (method) => {
      await fc.assert(
        fc.asyncProperty(hostileAnswer(clock), fc.constantFrom("claims", "signature"), async (hostile, validation) => {
          await expectGoodEnd(method, createWorld(hostile, validation));
        }),
        { numRuns: 300 },
      );
    },
  );
});

/** An answer, each of its fields odd in turn, and the method that reads it. */
interface OddAnswers {
  readonly what: string;
  readonly endpoint: Endpoint;
  readonly bodies: readonly string[];
  readonly method: string;
  /** Default: 200. */
  readonly status?: number;
  /** Default: the claims alone. */
  readonly validateIdToken?: "signature";
}

function oddAnswers(): OddAnswers[] {
  const { configuration, device, instance, keys, realm, refusal, token } = goodAnswers;
  const claims = { ...idTokenClaims(new ManualClock()), iss: configuration.issuer, extra: 1 };
  const header = { alg: "RS256", kid: "none", typ: "JWT" };
  const withIdToken = (head: string, payload: string): string =>
    JSON.stringify({ ...token, id_token: `${encode(head)}.${encode(payload)}.c2ln` });
  const ofClaims = withOneOddField(claims).map((each) => withIdToken(JSON.stringify(header), each));
  const ofHeader = withOneOddField(header).map((each) => withIdToken(each, JSON.stringify(claims)));
  const ofKey = withOneOddField({ ...keys.keys[0], alg: "RS256", use: "sig" }).map((key) => `{"keys":[${key}]}`);
  const refusals = { bodies: withOneOddField(refusal), status: 400 };
  const signature = { method: "acquireTokenByRefreshToken", validateIdToken: "signature" } as const;
  return [
    { what: "of instance discovery", endpoint: "instance", bodies: withOneOddField(instance), method: "getAccounts" },
    {
      what: "of tenant discovery",
      endpoint: "configuration",
      bodies: withOneOddField(configuration),
      method: "initiateDeviceFlow",
    },
    {
      what: "of the user realm",
      endpoint: "realm",
      bodies: withOneOddField(realm),
      method: "acquireTokenByUsernamePassword",
    },
    {
      what: "of the device endpoint",
      endpoint: "device",
      bodies: withOneOddField(device),
      method: "initiateDeviceFlow",
    },
    {
      what: "of the token endpoint",
      endpoint: "token",
      bodies: withOneOddField(token),
      method: "acquireTokenSilent",
    },
    { what: "with an id token", endpoint: "token", bodies: ofClaims, method: "acquireTokenOnBehalfOf" },
    { what: "with the header of an id token", endpoint: "token", bodies: ofHeader, ...signature },
    { what: "of signing keys", endpoint: "keys", bodies: ofKey, ...signature },
    { what: "that refuses", endpoint: "token", method: "acquireTokenSilentWithError", ...refusals },
    { what: "that refuses discovery", endpoint: "configuration", method: "getAuthorizationRequestUrl", ...refusals },
    { what: "that refuses a host", endpoint: "instance", method: "getAccounts", ...refusals },
  ];
}

describe("an answer with one odd field", () => {
  it.each(oddAnswers())("$what ends with a value or an error with a code (B2.8)", async (odd) => {
    const method = publicMethods.find(({ name }) => name === odd.method);
    if (method === undefined) throw new Error(`There is no method ${odd.method}.`);
    for (const body of odd.bodies) {
      const hostile = { endpoint: odd.endpoint, status: odd.status ?? 200, headers: {}, body };
      await expectGoodEnd(method, createWorld(hostile, odd.validateIdToken ?? "claims"));
    }
  });
});

async function expectGoodEnd(method: PublicMethod, world: World): Promise<void> {
  const { cache, log } = world;
  const before = cache.serialize();
  const ending = await endingOfPromise(() => method.call({ ...world, account }, {}));
  expect(world.requests).toBeLessThanOrEqual(mostRequests + 3);
  expect(leaks({ error: ending.error, log: log.join("\n") })).toEqual([]);
  const after = cache.serialize();
  const hasFailed = ending.error !== undefined || isRefusal(ending.value);
  expect(after).toBe(hasFailed ? before : after);
  expectReadable(after);
}

function isRefusal(value: unknown): boolean {
  return typeof value === "object" && value !== null && "error" in value;
}

/** What was written is a cache again, with times that other libraries read (B4.2). */
function expectReadable(state: string): void {
  const cache = new SerializableTokenCache();
  cache.deserialize(state);
  expect(cache.serialize()).toBe(state);
  for (const { cached_at, expires_on, extended_expires_on, refresh_on = "0" } of cache.find("AccessToken")) {
    for (const time of [cached_at, expires_on, extended_expires_on, refresh_on]) expect(time).toMatch(/^-?\d+$/);
  }
}
