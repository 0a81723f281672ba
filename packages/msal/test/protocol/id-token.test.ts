import { describe, expect, it } from "vitest";
import type { IdTokenClaims, IdTokenRules } from "../../src/protocol/id-token.ts";
import { checkIdToken, decodeIdToken } from "../../src/protocol/id-token.ts";
import { msalErrorOf } from "../support/thrown.ts";

const now = 1_700_000_000;
const claims: IdTokenClaims = {
  sub: "subject",
  oid: "object",
  tid: "tenant",
  preferred_username: "łucja@example.com",
  iss: "https://login.example/tenant/v2.0",
  aud: "client",
  exp: now + 3600,
  iat: now,
  nbf: now,
};

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const tokenOf = (payload: unknown) => `${encode({ alg: "RS256" })}.${encode(payload)}.c2lnbmF0dXJl`;

describe("decodeIdToken (B5.3)", () => {
  it("reads the claims, UTF-8 and unknown ones included", () => {
    expect(decodeIdToken(tokenOf({ ...claims, other: [1] }))).toEqual({ ...claims, other: [1] });
  });

  it("reads an unsigned part that is empty, and padding", () => {
    const payload = `${encode(claims)}==`.slice(0, Math.ceil(encode(claims).length / 4) * 4);
    expect(decodeIdToken(`h.${payload}.`)).toEqual(claims);
  });

  it.each([
    ["", "not a signed JWT of three parts"],
    ["secret.token", "not a signed JWT of three parts"],
    ["secret.a.b.c.d", "not a signed JWT of three parts"],
    ["secret.!!!.token", "not base64url"],
    ["secret._w.token", "not base64url of UTF-8"],
    [`secret.${encode(["secret"])}.token`, "does not hold a JSON object"],
    ["secret.c2VjcmV0.token", "does not hold a JSON object"],
  ])("refuses %j and does not show it", (token, told) => {
    const error = msalErrorOf(() => decodeIdToken(token));
    expect(error.code).toBe("invalid_id_token");
    expect(error.message).toContain(told);
    expect(error.message).not.toContain("secret");
    expect(error.cause).toBeUndefined();
  });

  it.each([
    ["sub", undefined],
    ["sub", ""],
    ["iss", 5],
    ["exp", undefined],
    ["exp", "1700000000"],
    ["iat", null],
    ["aud", undefined],
    ["aud", []],
    ["aud", ["client", 1]],
    ["oid", 5],
    ["tid", {}],
    ["preferred_username", 1],
    ["upn", 1],
    ["name", 1],
    ["nonce", 1],
    ["nbf", "soon"],
    ["auth_time", "soon"],
  ])("names the claim %s when it is %j", (claim, value) => {
    const error = msalErrorOf(() => decodeIdToken(tokenOf({ ...claims, [claim]: value })));
    expect(error.message).toBe(`The id token has no usable claim "${claim}".`);
  });

  it("takes null for an optional claim", () => {
    expect(decodeIdToken(tokenOf({ ...claims, name: null, nbf: null }))).toMatchObject({ name: null, nbf: null });
  });
});

describe("checkIdToken (B5.3)", () => {
  const rules: IdTokenRules = { clientId: "client", issuer: claims.iss, now };
  const check = (changes: Record<string, unknown>, more: Partial<IdTokenRules> = {}) =>
    checkIdToken({ ...claims, ...changes }, { ...rules, ...more });
  const failure = (changes: Record<string, unknown>, more: Partial<IdTokenRules> = {}) => {
    const error = msalErrorOf(() => check(changes, more));
    expect(error.code).toBe("invalid_id_token");
    return error.message;
  };
  const expectPass = (changes: Record<string, unknown>, more: Partial<IdTokenRules> = {}) =>
    expect(() => check(changes, more)).not.toThrow();

  it("passes a good token", () => {
    expectPass({});
  });

  it("compares the issuer and shows both", () => {
    expect(failure({ iss: "https://evil.example/" })).toBe(
      'The id token breaks the rule for "iss": expected "https://login.example/tenant/v2.0", found "https://evil.example/".',
    );
  });

  it("compares no issuer where it knows none", () => {
    expectPass({ iss: "https://evil.example/" }, { issuer: undefined });
  });

  it("puts the token's tenant in the place of a placeholder", () => {
    const issuer = "https://login.example/{tenantid}/v2.0";
    expectPass({ iss: "https://login.example/of-user/v2.0", tid: "of-user" }, { issuer });
    expect(failure({ iss: "https://login.example/other/v2.0", tid: "of-user" }, { issuer })).toBe(
      'The id token breaks the rule for "iss": expected "https://login.example/of-user/v2.0", found "https://login.example/other/v2.0".',
    );
    expect(failure({ iss: issuer, tid: undefined }, { issuer })).toBe(
      `The id token breaks the rule for "tid": expected a tenant for the issuer "${issuer}", found none.`,
    );
  });

  it("wants the client as audience and shows what it found", () => {
    expect(failure({ aud: "other" })).toBe('The id token breaks the rule for "aud": expected "client", found "other".');
    expect(failure({ aud: ["other", "clien"] })).toContain('found ["other","clien"]');
    expectPass({ aud: ["client"] });
  });

  it("wants the client as authorized party of a token of several audiences", () => {
    expect(failure({ aud: ["client", "other"] })).toContain(
      'rule for "azp": expected "client" for a token of several audiences, found none.',
    );
    expect(failure({ aud: ["client", "other"], azp: "other" })).toContain('found "other"');
    expectPass({ aud: ["client", "other"], azp: "client" });
  });

  it("allows 120 s after the end and no more", () => {
    expectPass({ exp: now - 119 });
    expect(failure({ exp: now - 120 })).toBe(
      `The id token breaks the rule for "exp": expected a time after ${now - 120}, found ${now - 120}. Check this machine's clock.`,
    );
  });

  it("allows 120 s before the start and no more", () => {
    expectPass({ nbf: now + 120 });
    expectPass({ nbf: undefined });
    expect(failure({ nbf: now + 121 })).toBe(
      `The id token breaks the rule for "nbf": expected a time not after ${now + 120}, found ${now + 121}. Check this machine's clock.`,
    );
  });

  it("takes another allowance", () => {
    expect(failure({ exp: now }, { skew: 0 })).toContain('rule for "exp"');
    expectPass({ exp: now + 1 }, { skew: 0 });
    expect(failure({ nbf: now + 1 }, { skew: 0 })).toContain('rule for "nbf"');
  });

  it("B5.3 wants the nonce that was sent, and shows neither", () => {
    const nonce = "sent-nonce";
    expectPass({ nonce }, { nonce });
    expect(failure({ nonce: "other-nonce" }, { nonce })).toBe(
      'The id token breaks the rule for "nonce": expected the one that was sent, found another value. The token belongs to another sign-in: start again.',
    );
    expect(failure({ nonce: undefined }, { nonce })).toContain("found none");
  });

  it("does not ask for a nonce that was not sent", () => {
    expectPass({ nonce: "any" });
  });

  it("wants a sign-in within max_age, with the allowance", () => {
    expectPass({ auth_time: now - 60 - 120 }, { maxAge: 60 });
    expect(failure({ auth_time: now - 60 - 121 }, { maxAge: 60 })).toBe(
      `The id token breaks the rule for "auth_time": expected a time not before ${now - 180}, since max_age is 60, found ${now - 181}. The user has to sign in again.`,
    );
    expect(failure({ auth_time: now - 1 }, { maxAge: 0, skew: 0 })).toContain("max_age is 0");
  });

  it("wants an auth_time when max_age was asked for", () => {
    expect(failure({}, { maxAge: 60 })).toContain("found none");
    expectPass({ auth_time: 0 });
  });
});
