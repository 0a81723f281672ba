import * as fc from "fast-check";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { redact, REDACTED, redactCause } from "../../src/error/redact.ts";

describe("redact, by what a text looks like (B4.12)", () => {
  it.each([
    ["a JWT", "got eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln!", `got ${REDACTED}!`],
    ["a JWT cut off in its first part", "got eyJhbGciOi", `got ${REDACTED}`],
    ["a JWT whose header has spaces", "got eyAiYWxnIjogIm5vbmUiIH0.e30.", `got ${REDACTED}`],
    ["an encrypted token of five parts", "eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn end", `${REDACTED} end`],
    ["a JWT after an encoded quote", "%22eyJhbGciOiJub25lIn0.e30.", `%22${REDACTED}`],
    ["a JWT after a letter", "xeyJhbGciOiJub25lIn0.e30.", `x${REDACTED}`],
    ["a header's proof", "authorization: Bearer 0.opaque-token~x", `authorization: Bearer ${REDACTED}`],
    ["a header's encoded proof", "Basic%20dXNlcjpwYXNz", `Basic%20${REDACTED}`],
    ["a private key", "a -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- b", `a ${REDACTED} b`],
    ["a private key cut off", "a -----BEGIN PRIVATE KEY-----\nMII", `a ${REDACTED}`],
  ])("takes out %s", (_, text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it.each([
    ["JSON", '{"password":"correct horse","x":1}', `{"password":"${REDACTED}","x":1}`],
    ["JSON with spaces", '{ "code" : "abc" }', `{ "code" : "${REDACTED}" }`],
    [
      "JSON, its signs that end other texts included",
      `{"password":"a'b&c d<e","x":1}`,
      `{"password":"${REDACTED}","x":1}`,
    ],
    ["JSON with an escaped quote within", String.raw`{"password":"a\"b","x":1}`, `{"password":"${REDACTED}","x":1}`],
    [
      "JSON within JSON",
      String.raw`"{\"password\":\"a\\\"b\",\"x\":1}"`,
      String.raw`"{\"password\":\"[redacted]\",\"x\":1}"`,
    ],
    ["JSON cut off", '{"refresh_token":"0.AX', `{"refresh_token":"${REDACTED}`],
    ["JSON in a query", "%22password%22%3A%22a%20%5C%22b%22%2C", `%22password%22%3A%22${REDACTED}%22%2C`],
    ["JSON in HTML", "&quot;password&quot;:&quot;a b&quot;,", `&quot;password&quot;:&quot;${REDACTED}&quot;,`],
    ["an inspected object", "{ clientSecret: 'it\\'s', x: 'y' }", `{ clientSecret: '${REDACTED}', x: 'y' }`],
    ["an assignment", 'passphrase = "a b";', `passphrase = "${REDACTED}";`],
    ["a form", "x=1&client_secret=a%26b'c&y=2", `x=1&client_secret=${REDACTED}&y=2`],
    ["a form cut off", "client_assertion=ab", `client_assertion=${REDACTED}`],
    ["a form encoded again", "x%3D1%26code%3Dab%2520c%26y%3D2", `x%3D1%26code%3D${REDACTED}%26y%3D2`],
    ["a form encoded twice more", "code%253Dab%25252526c%2526y", `code%253D${REDACTED}%2526y`],
    ["a form whose value holds its own signs", "password=a%26b%3Dc&y", `password=${REDACTED}&y`],
    [
      "JSON in a query that is encoded again",
      "%2522password%2522%253A%2522a%255C%2522b%2522%257D",
      `%2522password%2522%253A%2522${REDACTED}%2522%257D`,
    ],
    ["a code that begins with a number", "GET /?code=50076abc&x=1", `GET /?code=${REDACTED}&x=1`],
    ["a query at the line's end", "GET /?code=abc\nnext", `GET /?code=${REDACTED}\nnext`],
  ])("takes a field's value out of %s", (_, text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it.each([
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "client_assertion",
    "assertion",
    "password",
    "passphrase",
    "code",
    "device_code",
    "code_verifier",
    "codeVerifier",
    "authorizationCode",
    "userAssertion",
  ])("knows the field %s", (name) => {
    expect(redact(`${name}=secret&x=1`)).toBe(`${name}=${REDACTED}&x=1`);
    expect(redact(JSON.stringify({ [name]: "secret" }))).toBe(`{"${name}":"${REDACTED}"}`);
  });

  it.each([
    "AADSTS7000215: Invalid client secret provided.",
    '{"error":"invalid_grant","error_codes":[50126],"token_type":"Bearer","error_code":"x"}',
    "grant_type=password&username=ann&error_code=5&user_code=ABCD",
    "The answer has status code 500; the password is wrong.",
    "See https://login.microsoftonline.com/error?code=7000215 and more",
    '{"error_uri":"https://login.microsoftonline.com/error?code=50076"}',
    "connect ECONNREFUSED 127.0.0.1:443",
    "-----BEGIN CERTIFICATE-----MII",
    "",
  ])("leaves %j alone", (text) => {
    expect(redact(text)).toBe(text);
  });

  it("stays fast with texts made to be slow", () => {
    const hostile = ["password", 'password:"', "eyJ", "%25", "\\", "Bearer ", "-----BEGIN A", "code%3D", "&quot;"];
    for (const piece of hostile) expect(redact(`password${piece.repeat(20_000)}`)).toContain("password");
  }, 5000);
});

describe("redact, by name (B4.12)", () => {
  it("takes a secret out wherever it stands", () => {
    expect(redact("hunter2 and hunter2", ["hunter2"])).toBe(`${REDACTED} and ${REDACTED}`);
  });

  it("takes any iterable, and leaves too short secrets where they are no field's value", () => {
    expect(redact("a long1 abc pin", new Set(["long1", "abc", ""]))).toBe(`a ${REDACTED} abc pin`);
  });

  it("leaves nothing of a secret that begins with another one", () => {
    expect(redact("abcdefgh", ["abcd", "abcdefgh"])).toBe(REDACTED);
  });

  it("takes signs literally", () => {
    expect(redact("a.*b axxb $& a", ["a.*b"])).toBe(`${REDACTED} axxb $& a`);
  });

  it.each([
    ["a form", (text: string) => new URLSearchParams({ x: text }).toString().slice(2)],
    ["a query", encodeURIComponent],
    ["a query in lower case", (text: string) => encodeURIComponent(text).replace(/%../g, (byte) => byte.toLowerCase())],
    ["JSON", (text: string) => JSON.stringify(text).slice(1, -1)],
    [
      "JSON by a server that escapes slashes",
      (text: string) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
    ],
    [
      "Python's JSON",
      (text: string) =>
        JSON.stringify(text)
          .slice(1, -1)
          .replace(/[^ -~]/g, escapeUnit),
    ],
    [
      ".NET's JSON",
      (text: string) =>
        text.replace(/[^ -~]|["&'+<>\\]/g, (unit) =>
          unit === "\\" ? String.raw`\\` : escapeUnit(unit).toUpperCase().replace("U", "u"),
        ),
    ],
    ["an inspected object", (text: string) => text.replace(/[\\']/g, "\\$&")],
    ["HTML", (text: string) => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)],
  ])("finds a secret in %s", (_, encode) => {
    const secret = `p&ss <w>+ö/ń'"\\=%~!*()`;
    const text = encode(secret);
    expect(text).not.toBe(secret);
    expect(redact(`before ${text} after`, [secret])).toBe(`before ${REDACTED} after`);
  });

  it("finds any secret in any two encodings, one within the other, at any place", () => {
    const secrets = fc.string({ unit: "binary", minLength: 4, maxLength: 20 }).map((text) => `§${text}`);
    const encoders = fc.constantFrom(
      (text: string) => text,
      (text: string) => JSON.stringify(text).slice(1, -1),
      (text: string) => encodeURIComponent(text),
      (text: string) => new URLSearchParams({ x: text }).toString().slice(2),
    );
    const padding = fc.string({ unit: fc.constantFrom(" ", "x", "\n", "¤", ","), maxLength: 20 });
    const pairs = fc.tuple(encoders, encoders);
    const around = fc.tuple(padding, padding);
    const holds = fc.property(secrets, pairs, around, (secret, [first, second], [before, after]) => {
      const text = `${before}|${second(first(secret))}|${after}`;
      expect(redact(text, [secret])).toBe(`${before}|${REDACTED}|${after}`);
    });
    fc.assert(holds, { numRuns: 150 });
  });

  it("finds any secret in an inspected object and in an error's stack", () => {
    const secrets = fc.string({ minLength: 4, maxLength: 20 }).map((text) => `§${text}§`);
    const holds = fc.property(secrets, (secret) => {
      expect(redact(inspect({ request: { body: secret } }), [secret])).not.toContain("§");
      expect(redact(new Error(`about ${secret}`).stack ?? "", [secret])).not.toContain("§");
    });
    fc.assert(holds, { numRuns: 100 });
  });

  it("survives a secret that is not well-formed text", () => {
    expect(redact("a \ud800abc b", ["\ud800abc"])).toBe(`a ${REDACTED} b`);
  });
});

describe("redactCause (B4.12)", () => {
  const secret = "hunter2-secret";
  const clean = (cause: unknown): unknown => redactCause(cause, [secret]);

  it("copies an error without secrets, with its name and code", () => {
    const original = Object.assign(new TypeError(`sent ${secret}`), { code: "ECONNRESET", body: secret });
    const copy = clean(original);
    expect(copy).toBeInstanceOf(Error);
    expect(copy).not.toBe(original);
    expect(copy).toMatchObject({ name: "TypeError", message: `sent ${REDACTED}`, code: "ECONNRESET" });
    expect(copy).not.toHaveProperty("body");
    expect((copy as Error).stack).toContain(`sent ${REDACTED}`);
    expect(original.message).toBe(`sent ${secret}`);
  });

  it("has neither cause nor code where the error has none", () => {
    const copy = clean(new Error("plain"));
    expect("cause" in (copy as Error)).toBe(false);
    expect(copy).not.toHaveProperty("code");
    expect(clean(Object.assign(new Error("plain"), { code: 5 }))).not.toHaveProperty("code");
  });

  it("cleans name, code and the causes beneath", () => {
    const beneath = Object.assign(new Error(secret), { name: secret, code: secret });
    const copy = clean(new Error("outer", { cause: new Error("middle", { cause: beneath }) }));
    expect(inspect(copy, { depth: 20 })).not.toContain("hunter2");
    expect(copy).toMatchObject({
      message: "outer",
      cause: { message: "middle", cause: { message: REDACTED, name: REDACTED, code: REDACTED } },
    });
  });

  it("cleans a text, and drops what is neither text nor error", () => {
    expect(clean(`a ${secret}`)).toBe(`a ${REDACTED}`);
    for (const other of [{ body: secret }, 5, null, undefined]) expect(clean(other)).toBeUndefined();
    expect(clean(new Error("outer", { cause: { body: secret } }))).not.toHaveProperty("cause");
  });

  it("keeps five errors of a chain that goes round in a circle", () => {
    const error = new Error("round");
    error.cause = error;
    let depth = 0;
    for (let link = clean(error); link instanceof Error; link = link.cause) depth += 1;
    expect(depth).toBe(5);
  });

  it("takes errors whose fields are no texts", () => {
    const odd = Object.assign(new Error("x"), { message: { secret }, stack: [secret], name: 5 });
    expect(clean(odd)).toMatchObject({ message: "", stack: "", name: "" });
  });

  it("uses each secret in every link when they come from a generator", () => {
    function* secrets(): Generator<string> {
      yield secret;
    }
    const copy = redactCause(new Error(secret, { cause: new Error(secret) }), secrets());
    expect(copy).toMatchObject({ message: REDACTED, cause: { message: REDACTED } });
  });

  it("knows tokens by their look when no secret is named", () => {
    expect(redactCause(new Error("got eyJhbGciOiJub25lIn0.e30."))).toMatchObject({ message: `got ${REDACTED}` });
  });
});

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
