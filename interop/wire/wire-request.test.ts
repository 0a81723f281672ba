import { createHash, randomUUID } from "node:crypto";
import { type Emulator, type RecordedRequest, startEmulator } from "@msal-ts/emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compare } from "./difference.ts";
import { createNames, nameFlow } from "./names.ts";
import { describeRequests } from "./wire-request.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.close());

const token: RecordedRequest = {
  method: "POST",
  path: "/tenant/oauth2/v2.0/token",
  tenant: "tenant",
  endpoint: "token",
  query: {},
  form: {},
  body: "",
  headers: { host: "login.example" },
  at: 1_000_250,
  status: 200,
  ms: 0,
};

const authorize: RecordedRequest = { ...token, method: "GET", endpoint: "authorize" };

/** How two libraries' requests differ, each with names of its own. */
function differences(python: readonly RecordedRequest[], ours: readonly RecordedRequest[]): string[] {
  const [one, other] = [python, ours].map((requests) => describeRequests(requests, createNames(emulator)));
  return compare(one ?? [], other ?? []).map(({ field }) => field);
}

/** A handle as the emulator makes them. */
function handle(prefix: string): string {
  return `${prefix}.${createHash("sha256").update(randomUUID()).digest("base64url")}`;
}

describe("requests of two runs", () => {
  it("are the same with other random values of the same form", () => {
    const run = (): RecordedRequest[] => {
      const id = randomUUID();
      const code = handle("code");
      return [
        { ...authorize, query: { state: randomUUID(), nonce: createHash("sha256").update(id).digest("hex") } },
        { ...token, form: { code }, headers: { ...token.headers, "client-request-id": id } },
      ];
    };
    expect(differences(run(), run())).toEqual([]);
  });

  it.each<[string, Partial<RecordedRequest>]>([
    ["status", { status: 400 }],
    ["path", { path: "/tenant//oauth2/v2.0/token" }],
    ["host", { headers: { host: "other.example" } }],
    ["form.code", { form: { code: "of another form" } }],
    ["header.x-app-name", { headers: { ...token.headers, "x-app-name": "App" } }],
    ["query.dc", { query: { dc: "1" } }],
  ])("differ in their %s", (field, change) => {
    const usual = { ...token, form: { code: handle("code") } };
    expect(differences([usual], [{ ...usual, ...change }])).toEqual([field]);
  });

  it.each([
    ["query.state", "short"],
    ["query.nonce", "not hashed"],
    ["query.code_challenge", "plain"],
  ])("differ in a random %s of another form", (field, value) => {
    const name = field.slice("query.".length);
    const query = { state: randomUUID(), nonce: "0".repeat(64), code_challenge: "A".repeat(43) };
    expect(differences([{ ...authorize, query }], [{ ...authorize, query: { ...query, [name]: value } }])).toEqual([
      field,
    ]);
  });

  it("differ in a challenge that does not belong to the verifier", () => {
    const verifier = "v".repeat(43);
    const redeemed = { ...token, form: { code_verifier: verifier } };
    const begun = (challenge: string) => ({ ...authorize, query: { code_challenge: challenge } });
    const right = createHash("sha256").update(verifier).digest("base64url");
    expect(differences([begun(right), redeemed], [begun("A".repeat(43)), redeemed])).toEqual(["query.code_challenge"]);
  });

  it("differ in which of two refresh tokens is used", () => {
    const [first, second] = [handle("1.refresh"), handle("1.refresh")];
    const uses = (...tokens: (string | undefined)[]): RecordedRequest[] =>
      tokens.map((each) => ({ ...token, form: { refresh_token: each ?? "" } }));
    expect(differences(uses(first, second, first), uses(first, second, second))).toEqual(["form.refresh_token"]);
  });

  it("are the same whatever a signature looks like", () => {
    const signed = (signature: string) => [{ ...token, form: { assertion: `eyJh.eyJi.${signature}` } }];
    expect(differences(signed("A".repeat(342)), signed(`PE${"A".repeat(340)}`))).toEqual([]);
  });

  it("differ in a call that goes by another call's id", () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const by = (id: string) => ({ ...token, headers: { ...token.headers, "client-request-id": id } });
    expect(differences([by(one), by(other)], [by(one), by(one)])).toEqual(["header.client-request-id"]);
  });

  it("differ in the state that the caller chose, and in one that is not the flow's", () => {
    const sent = (state: string) => ({ ...authorize, query: { state } });
    const fields = (chosen: object, flow: object, state: string) => {
      const names = createNames(emulator);
      nameFlow(names, flow, { ...chosen });
      return describeRequests([sent(state)], names).map(({ fields: { "query.state": value } }) => value);
    };
    expect(fields({ state: "mine" }, { state: "mine" }, "mine")).toEqual(["mine"]);
    expect(fields({}, { state: "a".repeat(22) }, "a".repeat(22))).toEqual(["<the flow's state>"]);
    expect(fields({}, { state: "a".repeat(22) }, "b".repeat(22))).toEqual(["<random>"]);
  });

  it("are the same with claims that are written otherwise, and differ in what claims say", () => {
    const claims = (text: string) => [{ ...token, form: { claims: text } }];
    expect(differences(claims('{"b": 1, "a": [2]}'), claims('{"a":[2],"b":1}'))).toEqual([]);
    expect(differences(claims('{"a":1}'), claims('{"a":2}'))).toEqual(["form.claims"]);
  });
});

describe("a client's assertion", () => {
  const assertion = (header: object, claims: object): RecordedRequest[] => {
    const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    return [{ ...token, form: { client_assertion: `${parts.join(".")}.c2lnbmF0dXJl` } }];
  };

  it("is compared claim by claim, times from the request on", () => {
    const usual = assertion({ alg: "RS256" }, { iat: 1000, exp: 1600, jti: randomUUID() });
    expect(differences(usual, assertion({ alg: "RS256" }, { iat: 1000, exp: 1600, jti: randomUUID() }))).toEqual([]);
    expect(differences(usual, assertion({ alg: "ES256" }, { iat: 1000, exp: 1601, jti: "1" }))).toEqual([
      "assertion.claims.exp",
      "assertion.claims.jti",
      "assertion.header.alg",
    ]);
  });

  it("tells which certificate it is, and how that is written", () => {
    const padded = assertion({ x5t: "AAA=", x5c: ["A\nB"] }, { iss: "app" });
    expect(differences(padded, assertion({ x5t: "AAA", x5c: ["AB"] }, { iss: "app" }))).toEqual([
      "assertion.header.x5c with line breaks",
      "assertion.header.x5t padded",
    ]);
    expect(differences(padded, assertion({ x5t: "AAB=", x5c: ["A\nC"] }, { iss: "app" }))).toEqual([
      "assertion.header.x5c",
      "assertion.header.x5t",
    ]);
  });
});

describe("a body of XML", () => {
  const xml = (body: string): RecordedRequest[] => [{ ...token, body }];

  it("is the same with other prefixes, spaces and times from the request on", () => {
    const one = '<a:b xmlns:a="urn:x" a:c="1"><a:t>1970-01-01T00:16:40Z</a:t></a:b>';
    expect(
      differences(xml(one), xml('<b xmlns="urn:x" xmlns:y="urn:x" y:c="1"> <t>1970-01-01T00:16:40.000Z</t></b>')),
    ).toEqual([]);
  });

  it("differs in a text, an attribute and an element more", () => {
    const one = "<b><t>1</t></b>";
    expect(differences(xml(one), xml("<b><t>2</t></b>"))).toEqual(["xml./{}b/{}t"]);
    expect(differences(xml(one), xml('<b c=""><t>1</t></b>'))).toEqual(["xml./{}b@{}c"]);
    expect(differences(xml(one), xml("<b><t>1</t><t/></b>"))).toEqual(["xml./{}b/{}t[2]"]);
  });
});
