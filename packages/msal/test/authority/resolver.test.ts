import { afterEach, describe, expect, it } from "vitest";
import type { Authority } from "../../src/authority/authority.ts";
import { parseAuthority, parseOidcAuthority } from "../../src/authority/parse.ts";
import { type AuthorityResolverOptions, createAuthorityResolver } from "../../src/authority/resolver.ts";
import { buildInstanceDiscoveryUrl, DEFAULT_INSTANCE_DISCOVERY } from "../../src/authority/instance-discovery.ts";
import { openidConfigurationUrl } from "../../src/authority/tenant-discovery.ts";
import { createAnswerStore } from "../../src/http/answer-store.ts";
import { MsalError } from "../../src/error/msal-error.ts";
import { FakeHttp, neverAnswers } from "../support/fake-http.ts";
import { ManualClock } from "../support/manual-clock.ts";

const guid = "6babcaad-604b-40ac-a9d7-9fd97c0b779f";
const context = { correlationId: "the-id" };
const day = 24 * 60 * 60 * 1000;

const known = parseAuthority("https://login.microsoftonline.com/contoso.com");
const foreign = parseAuthority("https://login.contoso.com:8443/contoso.com");
const local = parseAuthority("http://localhost:5000/contoso.com");

const discoveryOf = (authority: Authority, endpoint = DEFAULT_INSTANCE_DISCOVERY) =>
  buildInstanceDiscoveryUrl(authority, endpoint);
const cloud = { metadata: [{ aliases: ["other.com"] }, { aliases: ["login.contoso.com", "sts.contoso.com"] }] };

function configurationOf({ url }: Authority): Record<string, string> {
  const { origin } = new URL(url);
  return {
    authorization_endpoint: `${origin}/${guid}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${guid}/oauth2/v2.0/token`,
  };
}

let http = new FakeHttp();

afterEach(() => {
  http.finish();
  http = new FakeHttp();
});

function setup(options: Partial<AuthorityResolverOptions> = {}) {
  const clock = new ManualClock();
  const resolver = createAuthorityResolver({
    http: http.client,
    logger: {},
    clock,
    answers: createAnswerStore({ cache: new Map(), clock, logger: {} }),
    validateAuthority: true,
    instanceDiscovery: true,
    ...options,
  });
  return { clock, resolver };
}

function expectConfiguration(authority: Authority): FakeHttp {
  return http.expect("GET", openidConfigurationUrl(authority), { json: configurationOf(authority) });
}

describe("resolving an authority (B1.5, B1.6)", () => {
  it("sends nothing before the first need", () => {
    setup();
    expect(http.requests).toEqual([]);
  });

  it("asks for the OpenID configuration once, and takes the realm from it", async () => {
    expectConfiguration(known);
    const { resolver } = setup();
    const metadata = await resolver.resolve(known, context);
    expect(metadata).toMatchObject({ authority: known, realm: guid });
    expect(metadata.tokenEndpoint).toBe(`https://login.microsoftonline.com/${guid}/oauth2/v2.0/token`);
    expect(await resolver.resolve(parseAuthority(`${known.url}/`), { correlationId: "other" })).toBe(metadata);
    expect(http.requests[0]).toMatchObject({ headers: { accept: "application/json" }, correlationId: "the-id" });
  });

  it("remembers an answer for 24 hours", async () => {
    const { clock, resolver } = setup();
    expectConfiguration(known);
    await resolver.resolve(known, context);
    clock.advance(day - 1);
    await resolver.resolve(known, context);
    clock.advance(1);
    expectConfiguration(known);
    await resolver.resolve(known, context);
  });

  it("keeps authorities apart, also those that differ in kind alone", async () => {
    const { resolver } = setup();
    const same = parseOidcAuthority(known.url);
    expectConfiguration(known);
    expectConfiguration(same);
    expect((await resolver.resolve(known, context)).authority.kind).toBe("entra");
    expect((await resolver.resolve(same, context)).authority.kind).toBe("oidc");
  });

  it("writes a line for who debugs", async () => {
    const lines: string[] = [];
    const { resolver } = setup({ logger: { debug: (line) => void lines.push(line) } });
    expectConfiguration(known);
    await resolver.resolve(known, context);
    expect(lines).toEqual([`The endpoints of ${known.url} are discovered; its tenant is "${guid}".`]);
  });
});

describe("an authority that cannot be resolved (B1.5)", () => {
  it.each([400, 404])("with status %i is named, with the request to check the tenant", async (status) => {
    const json = { error: "invalid_tenant", error_description: "AADSTS90002: Tenant not found." };
    http.expect("GET", openidConfigurationUrl(known), { status, json });
    await expect(setup().resolver.resolve(known, context)).rejects.toMatchObject({
      code: "authority_not_found",
      retryable: false,
      status,
      correlationId: "the-id",
      response: json,
      message:
        `There is no OpenID configuration at https://login.microsoftonline.com/contoso.com (status ${status}). ` +
        'Check the tenant "contoso.com" and the host.',
    });
  });

  it("need not have a tenant, nor answer in JSON", async () => {
    const oidc = parseOidcAuthority("https://idp.contoso.com");
    http.expect("GET", openidConfigurationUrl(oidc), { status: 404, body: "<html>" });
    await expect(setup().resolver.resolve(oidc, context)).rejects.toMatchObject({
      code: "authority_not_found",
      message: "There is no OpenID configuration at https://idp.contoso.com (status 404). Check the address.",
    });
  });

  it.each([408, 429])("with status %i has no time now, which says nothing about the tenant", async (status) => {
    http.expect("GET", openidConfigurationUrl(known), { status, headers: { "retry-after": "7" } });
    await expect(setup().resolver.resolve(known, context)).rejects.toMatchObject({
      code: "server_error",
      retryable: true,
      status,
      retryAfter: 7,
    });
  });

  it("with 5xx or no connection is transient, and tried again on the next call", async () => {
    const { resolver } = setup();
    const url = openidConfigurationUrl(known);
    const lost = new MsalError("network_error", "no answer", { retryable: true });
    http.expect("GET", url, { status: 503 });
    await expect(resolver.resolve(known, context)).rejects.toMatchObject({
      code: "server_error",
      retryable: true,
      status: 503,
      correlationId: "the-id",
    });
    http.expect("GET", url, () => Promise.reject(lost));
    await expect(resolver.resolve(known, context)).rejects.toBe(lost);
    expectConfiguration(known);
    await resolver.resolve(known, context);
  });

  it("does not remember a wrong tenant either", async () => {
    const { resolver } = setup();
    http.expect("GET", openidConfigurationUrl(known), { status: 404 });
    await expect(resolver.resolve(known, context)).rejects.toMatchObject({ code: "authority_not_found" });
    expectConfiguration(known);
    await resolver.resolve(known, context);
  });

  it("that answers with something else is an invalid response (B2.8)", async () => {
    http.expect("GET", openidConfigurationUrl(known), { body: "<html>sign in to the WLAN</html>" });
    await expect(setup().resolver.resolve(known, context)).rejects.toMatchObject({ code: "invalid_response" });
  });
});

describe("callers at the same time (B1.6, B5.11)", () => {
  it("share the requests", async () => {
    http.expect("GET", discoveryOf(foreign), { json: cloud });
    expectConfiguration(foreign);
    const { resolver } = setup();
    const calls = Array.from({ length: 50 }, () => resolver.resolve(foreign, context));
    const answers = await Promise.all([...calls, resolver.environments(foreign, context)]);
    expect(new Set(answers.slice(0, 50)).size).toBe(1);
    expect(http.requests).toHaveLength(2);
  });

  it("share a failure, which is not remembered", async () => {
    http.expect("GET", openidConfigurationUrl(known), { status: 500 });
    const { resolver } = setup();
    const outcomes = await Promise.allSettled([resolver.resolve(known, context), resolver.resolve(known, context)]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expectConfiguration(known);
    await resolver.resolve(known, context);
  });

  it("do not feel the abort of one of them", async () => {
    let answer: (() => void) | undefined;
    http.expect("GET", openidConfigurationUrl(known), async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return { status: 200, headers: new Headers(), body: JSON.stringify(configurationOf(known)) };
    });
    const { resolver } = setup();
    const leaver = new AbortController();
    const leaving = resolver.resolve(known, { ...context, signal: leaver.signal });
    const staying = resolver.resolve(known, { ...context, signal: new AbortController().signal });
    await new Promise((resolve) => setImmediate(resolve));
    leaver.abort();
    await expect(leaving).rejects.toMatchObject({ code: "aborted" });
    answer?.();
    expect((await staying).realm).toBe(guid);
  });

  it.each([
    ["tenant", known, openidConfigurationUrl(known)],
    ["instance", foreign, discoveryOf(foreign)],
  ])("end the %s discovery when all have left; the next starts anew", async (_, authority, url) => {
    http.expect("GET", url, neverAnswers);
    const { resolver } = setup({ validateAuthority: true });
    const caller = new AbortController();
    const calls = Promise.allSettled(
      [0, 1].map(() => resolver.resolve(authority, { ...context, signal: caller.signal })),
    );
    await new Promise((resolve) => setImmediate(resolve));
    caller.abort();
    expect((await calls).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(http.requests[0]?.signal?.aborted).toBe(true);
    http.expect("GET", url, { status: 500 });
    await expect(resolver.resolve(authority, context)).rejects.toMatchObject({ code: "server_error" });
  });

  it("that have aborted before get nothing, not even what is remembered", async () => {
    expectConfiguration(known);
    const { resolver } = setup();
    await resolver.resolve(known, context);
    const late = resolver.resolve(known, { ...context, signal: AbortSignal.abort("late") });
    await expect(late).rejects.toMatchObject({ code: "aborted", cause: "late" });
  });
});

describe("the check of the host (B1.4)", () => {
  it("asks Microsoft about an unknown host, once, before anything goes to that host", async () => {
    http.expect("GET", discoveryOf(foreign), { json: cloud });
    expectConfiguration(foreign);
    const { resolver } = setup();
    await resolver.resolve(foreign, context);
    const neighbour = parseAuthority("https://login.contoso.com:8443/fabrikam.com");
    expectConfiguration(neighbour);
    await resolver.resolve(neighbour, context);
  });

  it("asks again after 24 hours", async () => {
    const { clock, resolver } = setup();
    http.expect("GET", discoveryOf(foreign), { json: cloud });
    await resolver.environments(foreign, context);
    clock.advance(day);
    http.expect("GET", discoveryOf(foreign), { json: cloud });
    await resolver.environments(foreign, context);
    expect(http.requests).toHaveLength(2);
  });

  it("ends it when Microsoft does not know the host, and does not remember that", async () => {
    const { resolver } = setup();
    const json = { error: "invalid_instance", error_description: "AADSTS50049" };
    http.expect("GET", discoveryOf(foreign), { status: 400, json });
    await expect(resolver.resolve(foreign, context)).rejects.toMatchObject({ code: "invalid_instance" });
    http.expect("GET", discoveryOf(foreign), { json: cloud });
    expectConfiguration(foreign);
    await resolver.resolve(foreign, context);
  });

  it("is transient when the directory is down", async () => {
    http.expect("GET", discoveryOf(foreign), { status: 502 });
    await expect(setup().resolver.resolve(foreign, context)).rejects.toMatchObject({
      code: "server_error",
      retryable: true,
    });
  });

  it.each([
    "login.microsoftonline.com",
    "login.windows.net",
    "login.microsoftonline.us",
    "login.chinacloudapi.cn",
    "login.partner.microsoftonline.cn",
    "login-us.microsoftonline.com",
  ])("is not needed for %s", async (host) => {
    const authority = parseAuthority(`https://${host}/contoso.com`);
    expectConfiguration(authority);
    await setup().resolver.resolve(authority, context);
  });

  it.each([
    parseAuthority("https://fs.contoso.com/adfs"),
    parseAuthority("https://contoso.b2clogin.com/contoso.com/b2c_1_x"),
    parseAuthority("https://contoso.ciamlogin.com"),
    parseAuthority("https://login.contoso.com/dstsv2/x"),
    parseOidcAuthority("https://idp.contoso.com"),
    local,
  ])("is not made for what the developer vouches for: $kind $url", async (authority) => {
    expectConfiguration(authority);
    const { resolver } = setup();
    await resolver.resolve(authority, context);
    expect(await resolver.environments(authority, context)).toEqual([authority.environment]);
  });

  it.each([{ validateAuthority: false }, { instanceDiscovery: false }])("can be switched off: %j", async (options) => {
    expectConfiguration(foreign);
    await setup(options).resolver.resolve(foreign, context);
  });

  it.each([foreign, local])("goes to another directory when one is named: $url", async (authority) => {
    const endpoint = "http://localhost:5000/common/discovery/instance";
    http.expect("GET", discoveryOf(authority, endpoint), { json: cloud });
    expectConfiguration(authority);
    await setup({ instanceDiscovery: endpoint }).resolver.resolve(authority, context);
  });

  it("is made when nothing is said", async () => {
    http.expect("GET", discoveryOf(foreign), { json: cloud });
    expectConfiguration(foreign);
    await setup({ instanceDiscovery: undefined }).resolver.resolve(foreign, context);
  });
});

describe("the names of a host (B1.7)", () => {
  it("are built in for the public clouds, the authority's own first", async () => {
    const authority = parseAuthority("https://login.windows.net/common");
    expect(await setup().resolver.environments(authority, context)).toEqual([
      "login.windows.net",
      "login.microsoftonline.com",
      "login.microsoft.com",
      "sts.windows.net",
    ]);
  });

  it("come from the directory for another host, and are remembered", async () => {
    http.expect("GET", discoveryOf(foreign), { json: cloud });
    const { resolver } = setup();
    const names = ["login.contoso.com", "sts.contoso.com"];
    expect(await resolver.environments(foreign, context)).toEqual(names);
    expect(await resolver.environments(foreign, context)).toEqual(names);
  });

  it("are its own alone when the directory names no other", async () => {
    http.expect("GET", discoveryOf(foreign), { json: { metadata: [{ aliases: ["other.com"] }] } });
    expect(await setup().resolver.environments(foreign, context)).toEqual(["login.contoso.com"]);
  });

  it.each([
    [{ instanceDiscovery: false }, known],
    [{ validateAuthority: false }, known],
    [{ validateAuthority: false }, foreign],
    [{ instanceDiscovery: false }, foreign],
  ])("are its own alone with %j", async (options, authority) => {
    expect(await setup(options).resolver.environments(authority, context)).toEqual([authority.environment]);
  });
});

describe("the realm (B1.6)", () => {
  it.each(["common", "organizations", "consumers", guid])("%s needs no network", async (tenant) => {
    const { resolver } = setup();
    const authority = parseAuthority(`https://login.contoso.com/${tenant.toUpperCase()}`);
    expect(await resolver.realm(authority, context)).toBe(tenant);
  });

  it("of a domain is the GUID that the authority answers with", async () => {
    expectConfiguration(known);
    expect(await setup().resolver.realm(known, context)).toBe(guid);
  });

  it("of an OpenID Connect provider is what its token endpoint says, whatever its address looks like", async () => {
    const oidc = parseOidcAuthority("https://idp.contoso.com/common");
    expectConfiguration(oidc);
    expect(await setup().resolver.realm(oidc, context)).toBe(guid);
  });
});
