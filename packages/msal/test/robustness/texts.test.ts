import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AuthorityBuilder } from "../../src/authority/builder.ts";
import { parseAuthority } from "../../src/authority/parse.ts";
import { SerializableTokenCache } from "../../src/cache/serializable-token-cache.ts";
import { redact } from "../../src/error/redact.ts";
import { fillTemplate } from "../../src/interactive/page-template.ts";
import { mergeClaims, parseClaimsChallenge } from "../../src/protocol/claims.ts";
import { decodeClientInfo } from "../../src/protocol/client-info.ts";
import { checkIdToken, decodeIdToken } from "../../src/protocol/id-token.ts";
import { verifyIdTokenSignature } from "../../src/protocol/id-token-signature.ts";
import { isInteractionRequired } from "../../src/protocol/interaction-required.ts";
import { isDefiniteIssuer } from "../../src/protocol/issuer.ts";
import { parseHttpDate } from "../../src/protocol/http-date.ts";
import { parseJsonAnswer } from "../../src/protocol/json-answer.ts";
import { checkScopes } from "../../src/protocol/scopes.ts";
import { retryAfterSeconds } from "../../src/protocol/retry-after.ts";
import { endingOf, endingOfPromise } from "../support/coded.ts";
import { expectQuick } from "../support/expect-quick.ts";
import { hostileJson, hostileObject, hostileText, withOneOddField } from "../support/hostile-json.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { clientId, idTokenClaims } from "../support/token-answers.ts";

const encode = (text: string): string => Buffer.from(text).toString("base64url");

describe("any claims challenge", () => {
  const challenge = fc.oneof(
    hostileObject({ access_token: { nbf: { essential: true }, xms_cc: { values: ["old"] } }, id_token: {} }),
    hostileJson,
    hostileText,
    hostileJson.map(encode),
  );

  it("is merged with the capabilities and keeps the rest, or is refused unquoted (B2.7)", () => {
    fc.assert(
      fc.property(challenge, (text) => {
        const { value } = endingOf(() => mergeClaims(text, ["CP1"]), "invalid_claims");
        if (value === undefined) return;
        // Written again, numbers that JSON cannot write are what it makes of them.
        const before = parseClaimsChallenge(JSON.stringify(parseClaimsChallenge(text)));
        const after = parseClaimsChallenge(value);
        expect({ ...after, access_token: 0 }).toEqual({ ...before, access_token: 0 });
        expect(after["access_token"]).toMatchObject({ xms_cc: { values: ["CP1"] } });
      }),
      { numRuns: 500 },
    );
  });
});

describe("any id token", () => {
  const clock = new ManualClock();
  const claims = { ...idTokenClaims(clock), nonce: "n", auth_time: 1, azp: "x" };
  const header = { alg: "RS256", kid: "none", typ: "JWT", crit: ["b64"], b64: false };
  const rules = { clientId, issuer: "https://issuer", now: clock.now() / 1000, nonce: "n", maxAge: 60 };
  const part = (good: Readonly<Record<string, unknown>>): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 5, arbitrary: hostileObject(good).map(encode) },
      { weight: 1, arbitrary: hostileJson.map(encode) },
      { weight: 1, arbitrary: hostileText },
    );
  const token = fc.oneof(
    fc.tuple(part(header), part(claims), hostileText).map((parts) => parts.join(".")),
    fc.array(hostileText, { maxLength: 5 }).map((parts) => parts.join(".")),
  );

  async function expectVerdict(text: string): Promise<void> {
    const { value } = endingOf(() => decodeIdToken(text), "invalid_id_token");
    if (value !== undefined) {
      endingOf(() => checkIdToken(value, { ...rules, issuer: value.iss }), "invalid_id_token");
    }
    const key = { kty: "RSA", n: "AQAB", e: "AQAB" };
    const { error: forged } = await endingOfPromise(() => verifyIdTokenSignature(text, () => Promise.resolve(key)));
    expect(forged?.code).toBe("invalid_id_token");
  }

  it("is refused by a rule that has a name (B5.3)", async () => {
    await fc.assert(fc.asyncProperty(token, expectVerdict), { numRuns: 400 });
  });

  it("is refused for each odd word in its header and its claims (B5.3)", async () => {
    const [good, goodHeader] = [encode(JSON.stringify(claims)), encode(JSON.stringify(header))];
    for (const odd of withOneOddField(header)) await expectVerdict(`${encode(odd)}.${good}.c2ln`);
    for (const odd of withOneOddField(claims)) await expectVerdict(`${goodHeader}.${encode(odd)}.c2ln`);
  });
});

describe("any client_info", () => {
  it("names a user or nobody (B4.4)", () => {
    const info = fc.oneof(hostileObject({ uid: "u", utid: "t" }).map(encode), hostileJson.map(encode), hostileText);
    fc.assert(
      fc.property(info, (text) => {
        const { uid, utid } = decodeClientInfo(text) ?? { uid: "nobody", utid: "nowhere" };
        expect([uid, utid].every((id) => typeof id === "string" && id !== "")).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("any Retry-After", () => {
  it("is a wait that ends, or none (B2.8, B7.2)", () => {
    const headerText = fc.oneof(
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      fc.constantFrom("9".repeat(400), "0x10", "1e9", "5, 6", "Sun", "Mon, 32 Jan 2026 00:00:00 GMT"),
      fc.string().map(encodeURIComponent),
    );
    fc.assert(
      fc.property(headerText, fc.double({ noNaN: true, min: 0, max: 1e11 }), (text, now) => {
        const seconds = retryAfterSeconds(new Headers({ "retry-after": text }), now) ?? 0;
        expect(Number.isFinite(seconds) && seconds >= 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** Whoever reads what comes from outside. */
const readers: readonly ((text: string) => unknown)[] = [
  (text) => parseAuthority(text),
  (text) => parseAuthority(`https://${text}`),
  (text) => new AuthorityBuilder(text, text).toString(),
  (text) => parseClaimsChallenge(text),
  (text) => checkScopes([text]),
  (text) => checkScopes(text),
  (text) => decodeIdToken(text),
  (text) => decodeIdToken(`e30.${text}.`),
  (text) => decodeClientInfo(text),
  (text) => isDefiniteIssuer(text),
  (text) => parseHttpDate(`Sun ${text}`),
  (text) => isInteractionRequired({ error: "invalid_grant", error_description: `AADSTS${text}` }),
  (text) => redact(text, ["a named secret"]),
  (text) => parseJsonAnswer({ status: 200, headers: new Headers(), body: text }, answerContext),
  (text) => fillTemplate(text, { error: text }),
  (text) => new SerializableTokenCache().deserialize(text),
];
const answerContext = { label: "It", correlationId: "id", now: 0 };

describe("a long text", () => {
  const length = 200_000;
  const texts = {
    padding: `${"=".repeat(length)}x`,
    slashes: "/".repeat(length),
    "slashes amid": `x${"/".repeat(length)}x`,
    braces: "{".repeat(length),
    quotes: '"token":"'.repeat(length / 10),
    dots: ".".repeat(length),
    spaces: `${" ".repeat(length)}x`,
    backslashes: `token${"\\".repeat(length)}`,
    percents: `token${"%25".repeat(length / 3)}`,
    "starts of keys": "-----BEGIN ".repeat(length / 10),
    "starts of tokens": "eyJ".repeat(length / 3),
    digits: "9".repeat(length),
    entities: "code&#0".repeat(length / 7),
  };

  it.each(Object.entries(texts))("of %s is read in no time", async (_, text) => {
    for (const read of readers) {
      await expectQuick(String(read), () => endingOf(() => read(text)));
    }
  });
});
