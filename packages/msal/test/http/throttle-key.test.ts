import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../../src/http/http-client.ts";
import { ownerKey, requestKey } from "../../src/http/throttle-key.ts";
import { encodeForm } from "../../src/protocol/form.ts";
import { tokenRequest } from "./request.ts";

const headers = { "content-type": "application/x-www-form-urlencoded;charset=utf-8" };
const fields = { client_id: "app", scope: "User.Read openid", refresh_token: "refresh-token-of-alice" };

function request(changes: Partial<HttpRequest> = {}, more: Readonly<Record<string, string>> = {}): HttpRequest {
  return tokenRequest({ owner: "alice.home", headers, body: encodeForm({ ...fields, ...more }), ...changes });
}

const xml = (changes: Partial<HttpRequest> = {}): HttpRequest =>
  request({ headers: { "content-type": "application/soap+xml" }, body: "<a/>", secrets: ["password"], ...changes });

describe("the key of an owner (B6.3, B7.1)", () => {
  it("is the same for whatever else is in the request", async () => {
    const key = await ownerKey(request());
    const others = [
      request({}, { claims: "{}", client_assertion: "x.y.z", refresh_token: "another" }),
      request({ correlationId: "other", headers: { ...headers, "x-client-last-telemetry": "4|1|||" } }),
      request({ insists: true }),
    ];
    for (const other of others) expect(await ownerKey(other)).toBe(key);
  });

  it.each([
    ["owner", request({ owner: "bob.home" })],
    ["application itself", tokenRequest({ headers, body: encodeForm(fields) })],
    ["client", request({}, { client_id: "another" })],
    ["scope", request({}, { scope: "Mail.Read openid" })],
    ["address", request({ url: "https://login.example.com/other/oauth2/v2.0/token" })],
  ])("differs for another %s", async (_, other) => {
    expect(await ownerKey(other)).not.toBe(await ownerKey(request()));
  });

  it("keeps the users of a federated provider apart, whose requests are no forms", async () => {
    expect(await ownerKey(xml())).not.toBe(await ownerKey(xml({ owner: "bob" })));
    expect(await ownerKey(xml())).toBe(await ownerKey(xml({ body: "<b/>" })));
  });
});

describe("the key of a request (B6.3)", () => {
  const keyOf = (asked: HttpRequest): Promise<string> => requestKey(asked, "salt");
  const signed = (assertion: string): HttpRequest => request({}, { client_assertion: assertion });

  it("is the same for what is new each time: assertion, correlation id, telemetry", async () => {
    const changed = { correlationId: "other", headers: { ...headers, "x-client-last-telemetry": "4|1|||" } };
    expect(await keyOf(request(changed))).toBe(await keyOf(request()));
    expect(await keyOf(signed("header.one.sig"))).toBe(await keyOf(signed("header.two.other")));
  });

  it.each([
    ["refresh token", request({}, { refresh_token: "another" })],
    ["claims", request({}, { claims: "{}" })],
    ["secret", request({}, { client_secret: "new" })],
    ["owner", request({ owner: "bob" })],
    ["call that insists", request({ insists: true })],
    ["address", request({ url: "https://login.example.com/other/oauth2/v2.0/token" })],
    ["certificate", signed("header.one.sig")],
  ])("differs for another %s", async (_, other) => {
    expect(await keyOf(other)).not.toBe(await keyOf(request()));
  });

  it("differs for another certificate, which the assertion's header names", async () => {
    expect(await keyOf(signed("one.x.y"))).not.toBe(await keyOf(signed("two.x.y")));
  });

  it("in XML, which holds the time, stands for who asks and with what secret", async () => {
    expect(await keyOf(xml())).toBe(await keyOf(xml({ body: "<later/>" })));
    expect(await keyOf(xml())).not.toBe(await keyOf(xml({ secrets: ["mistyped"] })));
    expect(await keyOf(xml())).not.toBe(await keyOf(xml({ owner: "bob" })));
  });

  it("means nothing in another run where a password or a secret could be guessed from it", async () => {
    const guessable = [request({}, { password: "p" }), request({}, { client_secret: "s" }), xml()];
    for (const asked of guessable) expect(await requestKey(asked, "one")).not.toBe(await requestKey(asked, "two"));
    expect(await requestKey(request(), "one")).toBe(await requestKey(request(), "two"));
  });
});

it("B6.2 both are hashes, with nobody's name in them", async () => {
  const password = request({ owner: "alice@contoso.com" }, { username: "alice@contoso.com", password: "hunter2" });
  for (const key of [await ownerKey(password), await requestKey(password, "salt")]) {
    expect(key).toMatch(/^refused (?:owner|request) [\da-f]{64}$/);
  }
});
