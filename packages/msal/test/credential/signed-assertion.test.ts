import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { makeCertificate, type TestCertificate } from "../support/certificates.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { assertionOf, authenticationFor, context, decode, failureOf, matching, verify } from "./proof.ts";

let own: TestCertificate;
let clock: ManualClock;
/** Stands for a key vault: counts how often it signs. */
const sign = vi.fn<(data: Uint8Array) => Uint8Array | Promise<Uint8Array>>();
const thumbprint = "0".repeat(40);

beforeAll(() => {
  own = makeCertificate("contoso");
});

beforeEach(() => {
  clock = new ManualClock(Date.UTC(2026, 0, 1) + 999);
  sign.mockReset().mockReturnValue(Uint8Array.of(1, 2, 3));
});

describe("B3.2 claims of a signed assertion", () => {
  it("names endpoint and client, and holds for ten minutes in whole seconds", async () => {
    const { privateKey, thumbprint: ownThumbprint } = own;
    const assertion = await assertionOf(authenticationFor({ privateKey, thumbprint: ownThumbprint }, { clock }));
    await verify(assertion, own.certificate, clock);
    const now = Date.UTC(2026, 0, 1) / 1000;
    expect((await decode(assertion)).claims).toEqual({
      aud: context.tokenEndpoint,
      iss: context.clientId,
      sub: context.clientId,
      iat: now,
      nbf: now,
      exp: now + 600,
      jti: matching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
    });
  });

  it("lets clientClaims add and override", async () => {
    const clientClaims = { client_ip: "203.0.113.7", aud: ["https://one", "https://two"], nested: { ä: [1] } };
    const { claims } = await decode(assertionOf(authenticationFor({ sign, thumbprint }, { clock, clientClaims })));
    expect(claims).toMatchObject({ ...clientClaims, iss: context.clientId });
  });

  it("has a new jti each time", async () => {
    const authenticate = authenticationFor({ sign, thumbprint }, { clock });
    const { claims: first } = await decode(assertionOf(authenticate));
    clock.advance(540_000);
    const { claims: second } = await decode(assertionOf(authenticate));
    expect(second.jti).not.toBe(first.jti);
  });
});

describe("B3.3 reuse of a signed assertion", () => {
  it("lasts until 60 s before its end", async () => {
    const authenticate = authenticationFor({ sign, thumbprint }, { clock });
    const first = await assertionOf(authenticate);
    clock.advance(539_000);
    expect(await assertionOf(authenticate)).toBe(first);
    clock.advance(1000);
    const second = await assertionOf(authenticate);
    expect(second).not.toBe(first);
    clock.advance(539_000);
    expect(await assertionOf(authenticate)).toBe(second);
    expect(sign).toHaveBeenCalledTimes(2);
  });

  it("follows the end that clientClaims set", async () => {
    const exp = Math.floor(clock.now() / 1000) + 120;
    const authenticate = authenticationFor({ sign, thumbprint }, { clock, clientClaims: { exp } });
    await assertionOf(authenticate);
    clock.advance(59_000);
    await assertionOf(authenticate);
    expect(sign).toHaveBeenCalledTimes(1);
    clock.advance(1000);
    await assertionOf(authenticate);
    expect(sign).toHaveBeenCalledTimes(2);
  });

  it("does not happen where a provider takes each assertion once", async () => {
    const authenticate = authenticationFor({ sign, thumbprint }, { clock, singleUse: true });
    const assertions = await Promise.all([assertionOf(authenticate), assertionOf(authenticate)]);
    const [first, second] = await Promise.all(assertions.map(decode));
    expect(second?.claims.jti).not.toBe(first?.claims.jti);
    expect(sign).toHaveBeenCalledTimes(2);
  });

  it("is by endpoint and by client", async () => {
    const authenticate = authenticationFor({ sign, thumbprint }, { clock });
    const first = await assertionOf(authenticate);
    const elsewhere = await assertionOf(authenticate, { tokenEndpoint: "https://login.microsoftonline.us/t/token" });
    const another = await assertionOf(authenticate, { clientId: "another" });
    expect((await decode(elsewhere)).claims.aud).toBe("https://login.microsoftonline.us/t/token");
    expect((await decode(another)).claims).toMatchObject({ iss: "another", sub: "another" });
    expect(await assertionOf(authenticate)).toBe(first);
    expect(sign).toHaveBeenCalledTimes(3);
  });

  it("forgets the endpoint signed for longest ago when there are more than 32", async () => {
    const authenticate = authenticationFor({ sign, thumbprint }, { clock });
    const at = (tenant: number): Promise<string> => assertionOf(authenticate, { tokenEndpoint: `https://x/${tenant}` });
    for (let tenant = 0; tenant < 33; tenant++) await at(tenant);
    await at(1);
    await at(32);
    expect(sign).toHaveBeenCalledTimes(33);
    await at(0);
    expect(sign).toHaveBeenCalledTimes(34);
  });

  it("keeps an endpoint that was signed for again, though it was the first of all", async () => {
    const authenticate = authenticationFor({ sign, thumbprint }, { clock });
    const at = (tenant: number): Promise<string> => assertionOf(authenticate, { tokenEndpoint: `https://x/${tenant}` });
    for (let tenant = 0; tenant < 32; tenant++) await at(tenant);
    clock.advance(540_000);
    const renewed = await at(0);
    await at(32);
    expect(await at(0)).toBe(renewed);
  });

  it("is shared by callers that come while it is signed", async () => {
    let finish = (_signature: Uint8Array): void => {};
    sign.mockImplementation(() => new Promise((resolve) => (finish = resolve)));
    const authenticate = authenticationFor({ sign, thumbprint }, { clock });
    const waiting = Promise.all(Array.from({ length: 100 }, () => assertionOf(authenticate)));
    await eventually(() => expect(sign).toHaveBeenCalled());
    finish(Uint8Array.of(7));
    expect(new Set(await waiting).size).toBe(1);
    expect(sign).toHaveBeenCalledOnce();
  });

  it("does not remember a failed signing", async () => {
    sign.mockRejectedValueOnce(new Error("vault is away"));
    const authenticate = authenticationFor({ sign, thumbprint }, { clock });
    expect(await failureOf(assertionOf(authenticate))).toMatchObject({ code: "assertion_failed" });
    expect(await assertionOf(authenticate)).toMatch(/^eyJ/);
  });

  it("opens a key once, and anew after it failed", async () => {
    const fresh = makeCertificate("fresh");
    const credential = { sign, publicCertificate: fresh.certificate, thumbprint: fresh.thumbprint };
    const digest = vi.spyOn(crypto.subtle, "digest").mockRejectedValueOnce(new Error("no entropy"));
    const authenticate = authenticationFor(credential, { clock });
    expect(await failureOf(assertionOf(authenticate))).toMatchObject({ message: "no entropy" });
    digest.mockClear();
    // The signature is not the certificate's, so each call signs again; the certificate is read once.
    expect(await failureOf(assertionOf(authenticate))).toMatchObject({ code: "assertion_failed" });
    expect(await failureOf(assertionOf(authenticate))).toMatchObject({ code: "assertion_failed" });
    expect(digest).toHaveBeenCalledTimes(2);
    digest.mockRestore();
  });
});

describe("an abort while an assertion is signed", () => {
  it("ends that caller's wait alone", async () => {
    let finish = (_signature: Uint8Array): void => {};
    sign.mockImplementation(() => new Promise((resolve) => (finish = resolve)));
    const authenticate = authenticationFor({ sign, thumbprint }, { clock });
    const controller = new AbortController();
    const leaving = failureOf(assertionOf(authenticate, { signal: controller.signal }));
    const staying = assertionOf(authenticate, { signal: new AbortController().signal });
    await eventually(() => expect(sign).toHaveBeenCalled());
    const reason = new Error("user left");
    controller.abort(reason);
    expect(await leaving).toMatchObject({ code: "aborted", cause: reason });
    finish(Uint8Array.of(7));
    expect(await staying).toMatch(/^eyJ/);
    expect(sign).toHaveBeenCalledOnce();
  });
});
