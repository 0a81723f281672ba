import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { parseAuthority } from "../../src/authority/parse.ts";
import { buildUserRealmUrl, createUserRealms, readUserRealm } from "../../src/authority/user-realm.ts";
import { MsalError } from "../../src/error/msal-error.ts";
import { FakeHttp } from "../support/fake-http.ts";
import { ManualClock } from "../support/manual-clock.ts";

const context = { correlationId: "the-id" };
const authority = parseAuthority("https://login.contoso.com:8443/tenant");
const url = "https://login.contoso.com:8443/common/userrealm/alice%40contoso.com?api-version=1.0";

function setup() {
  const http = new FakeHttp();
  return { http, realms: createUserRealms({ http: http.client, clock: new ManualClock() }) };
}

describe("user realm: the question (B1.9)", () => {
  it("goes to the authority's host, port kept (B1.5), with the name encoded", () => {
    expect(buildUserRealmUrl(authority, "alice@contoso.com")).toBe(url);
    expect(buildUserRealmUrl(parseAuthority("http://localhost:5000/t"), "a/../b?c#d")).toBe(
      "http://localhost:5000/common/userrealm/a%2F..%2Fb%3Fc%23d?api-version=1.0",
    );
  });

  it("is a GET under the caller's id and signal, with the name kept out of messages", async () => {
    const { http, realms } = setup();
    const { signal } = new AbortController();
    http.expect("GET", url, { json: { account_type: "Managed" } });
    await realms.lookup(authority, "alice@contoso.com", { ...context, signal });
    expect(http.requests[0]).toMatchObject({
      headers: { accept: "application/json" },
      correlationId: "the-id",
      secrets: ["alice@contoso.com"],
    });
    expect(http.requests[0]?.signal).toBe(signal);
  });
});

describe("user realm: the answer (B1.9)", () => {
  it("tells where a federated user's password is kept (B5.6)", () => {
    expect(
      readUserRealm({
        account_type: "Federated",
        federation_protocol: "WSTrust",
        federation_metadata_url: "https://fs.contoso.com/mex",
        federation_active_auth_url: "https://fs.contoso.com/usernamemixed",
        cloud_audience_urn: "urn:federation:MicrosoftOnline",
        domain_name: "contoso.com",
      }),
    ).toEqual({
      accountType: "Federated",
      federationProtocol: "WSTrust",
      federationMetadataUrl: "https://fs.contoso.com/mex",
      federationActiveAuthUrl: "https://fs.contoso.com/usernamemixed",
      cloudAudienceUrn: "urn:federation:MicrosoftOnline",
    });
  });

  it.each(["Managed", "Unknown"])("says %s as it is", (type) => {
    expect(readUserRealm({ account_type: type })).toEqual({ accountType: type });
  });

  it.each([undefined, null, "managed-ish", 1])("counts %j as unknown", (type) => {
    expect(readUserRealm({ account_type: type }).accountType).toBe("Unknown");
  });

  it("asks anew for every user and every time", async () => {
    const { http, realms } = setup();
    http.expect("GET", url, { json: { account_type: "Managed" } });
    http.expect("GET", url, { json: { account_type: "Federated" } });
    await realms.lookup(authority, "alice@contoso.com", context);
    expect((await realms.lookup(authority, "alice@contoso.com", context)).accountType).toBe("Federated");
    http.finish();
  });
});

describe("user realm: hosts without any (B1.9)", () => {
  it("remembers a 404 and takes every user of that host as managed", async () => {
    const { http, realms } = setup();
    http.expect("GET", url, { status: 404, body: "not here" });
    expect(await realms.lookup(authority, "alice@contoso.com", context)).toEqual({ accountType: "Managed" });
    expect(await realms.lookup(authority, "bob@contoso.com", context)).toEqual({ accountType: "Managed" });
  });

  it("remembers it for that host alone, the port included, and not beyond its own life (B7.8)", async () => {
    const { http, realms } = setup();
    http.expect("GET", url, { status: 404 });
    await realms.lookup(authority, "alice@contoso.com", context);
    const neighbour = parseAuthority("https://login.contoso.com/tenant");
    http.expect("GET", buildUserRealmUrl(neighbour, "a@b.c"), { json: { account_type: "Federated" } });
    expect((await realms.lookup(neighbour, "a@b.c", context)).accountType).toBe("Federated");
    const other = setup();
    other.http.expect("GET", url, { json: { account_type: "Federated" } });
    expect((await other.realms.lookup(authority, "alice@contoso.com", context)).accountType).toBe("Federated");
  });

  it("throws for a failing server, without the user's name, and asks again next time", async () => {
    const { http, realms } = setup();
    http.expect("GET", url, { status: 503, body: "no realm for alice@contoso.com" });
    const error: unknown = await realms
      .lookup(authority, "alice@contoso.com", context)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MsalError);
    expect(error).toMatchObject({ code: "server_error", status: 503, retryable: true, correlationId: "the-id" });
    expect(inspect(error)).not.toContain("alice");
    http.expect("GET", url, { json: { account_type: "Managed" } });
    await realms.lookup(authority, "alice@contoso.com", context);
    http.finish();
  });
});
