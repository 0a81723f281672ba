import { createPrivateKey, sign as signData } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { makeCertificate, type TestCertificate } from "../support/certificates.ts";
import { assertionOf, authenticationFor, containing, decode, failureOf, matching, verify } from "./proof.ts";

let rsa: TestCertificate;
let ec: TestCertificate;

beforeAll(() => {
  rsa = makeCertificate("rsa");
  ec = makeCertificate("ec", { kind: "P-256" });
});

const pss = { padding: 6, saltLength: 32 };

/** Signs as a key vault does that holds this key. */
function vault({ privateKey }: TestCertificate, options: object = {}): (data: Uint8Array) => Buffer {
  const key = { key: createPrivateKey(privateKey), ...options };
  return (data) => signData("sha256", data, key);
}

describe("B3.2 sign callback", () => {
  it("signs by PS256 when the certificate or its SHA-256 thumbprint is known", async () => {
    const sign = vi.fn<(data: Uint8Array) => Uint8Array>(vault(rsa, pss));
    const { certificate: publicCertificate, thumbprintSha256, base64 } = rsa;
    const withCertificate = await assertionOf(authenticationFor({ sign, publicCertificate }));
    await verify(withCertificate, publicCertificate);
    expect((await decode(withCertificate)).header).toMatchObject({ alg: "PS256", x5c: [base64] });
    const withThumbprint = await assertionOf(authenticationFor({ sign, thumbprintSha256 }));
    await verify(withThumbprint, publicCertificate);
    expect((await decode(withThumbprint)).header).not.toHaveProperty("x5c");
    expect(sign).toHaveBeenCalledTimes(2);
  });

  it("signs by RS256 when only the SHA-1 thumbprint is known", async () => {
    const assertion = await assertionOf(authenticationFor({ sign: vault(rsa), thumbprint: rsa.thumbprint }));
    await verify(assertion, rsa.certificate);
    expect((await decode(assertion)).header.alg).toBe("RS256");
  });

  it("signs by the algorithm of the certificate's EC key, or by the one that is asked for", async () => {
    const sign = vault(ec, { dsaEncoding: "ieee-p1363" });
    const { certificate: publicCertificate, thumbprint } = ec;
    await verify(await assertionOf(authenticationFor({ sign, publicCertificate })), publicCertificate);
    const asked = await assertionOf(authenticationFor({ sign, thumbprint, algorithm: "ES256" }));
    await verify(asked, publicCertificate);
    expect((await decode(asked)).header).toMatchObject({ alg: "ES256", x5t: matching(/./) });
  });

  it("may sign by RS256 beside a certificate, whose SHA-1 thumbprint then names it", async () => {
    const { certificate: publicCertificate, thumbprintSha256 } = rsa;
    const sign = vault(rsa);
    const assertion = await assertionOf(authenticationFor({ sign, publicCertificate, algorithm: "RS256" }));
    await verify(assertion, publicCertificate);
    const { header } = await decode(assertion);
    expect(header).toHaveProperty("x5t", Buffer.from(rsa.thumbprint.replaceAll(":", ""), "hex").toString("base64url"));
    expect(header).not.toHaveProperty("x5t#S256");
    const named = await decode(assertionOf(authenticationFor({ sign, thumbprintSha256, algorithm: "RS256" })));
    expect(named.header).toHaveProperty("x5t#S256");
  });

  it("may answer later", async () => {
    const sign = (data: Uint8Array): Promise<Uint8Array> => Promise.resolve(vault(rsa)(data));
    await verify(await assertionOf(authenticationFor({ sign, thumbprint: rsa.thumbprint })), rsa.certificate);
  });

  it("fails when its signature is not by the certificate's key, or in DER", async () => {
    const cases = [
      { sign: vault(ec, { dsaEncoding: "der" }), publicCertificate: ec.certificate },
      { sign: vault(rsa), publicCertificate: ec.certificate },
      { sign: vault(makeCertificate("other"), pss), publicCertificate: rsa.certificate },
    ];
    for (const credential of cases) {
      expect(await failureOf(assertionOf(authenticationFor(credential)))).toMatchObject({
        code: "assertion_failed",
        message: containing('not by the key of "publicCertificate"'),
      });
    }
  });

  it.each([["nothing", undefined] as const, ["text", "c2ln"] as const, ["no bytes", new Uint8Array()] as const])(
    "fails when it gives %s",
    async (_what, answer) => {
      const authenticate = authenticationFor({ sign: () => answer, thumbprint: rsa.thumbprint });
      expect(await failureOf(assertionOf(authenticate))).toMatchObject({
        code: "assertion_failed",
        message: 'The "sign" callback gave no signature; it must give a Uint8Array that is not empty.',
      });
    },
  );

  it("fails with a cause without secrets when it throws", async () => {
    const sign = (data: Uint8Array): never => {
      throw new Error(`cannot sign ${Buffer.from(data).toString()}`);
    };
    const error = await failureOf(assertionOf(authenticationFor({ sign, thumbprint: rsa.thumbprint })));
    expect(error).toMatchObject({ code: "assertion_failed", cause: { message: "cannot sign [redacted]" } });
  });
});
