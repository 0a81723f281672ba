import { X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { makeCertificate, makePrivateKey, type TestCertificate } from "../support/certificates.ts";
import { openssl } from "../support/openssl.ts";
import { assertionOf, authenticationFor, containing, decode, failureOf, verify } from "./proof.ts";

let own: TestCertificate;
let other: TestCertificate;

beforeAll(() => {
  own = makeCertificate("contoso");
  other = makeCertificate("fabrikam");
});

/** The bytes of a fingerprint as base64url without padding, worked out apart from the library. */
function name(fingerprint: string): string {
  return Buffer.from(fingerprint.replaceAll(":", ""), "hex").toString("base64url");
}

async function headerOf(credential: unknown): Promise<Record<string, unknown>> {
  return (await decode(assertionOf(authenticationFor(credential)))).header;
}

function failure(credential: unknown): Promise<unknown> {
  return failureOf(assertionOf(authenticationFor(credential)));
}

describe("B3.2 header of a signed assertion", () => {
  it("B7.7 is RS256 with the unpadded SHA-1 x5t when only that thumbprint is known", async () => {
    const { privateKey, thumbprint } = own;
    expect(await headerOf({ privateKey, thumbprint })).toEqual({ alg: "RS256", typ: "JWT", x5t: name(thumbprint) });
  });

  it("is PS256 with x5t#S256 when the SHA-256 thumbprint is given", async () => {
    const { privateKey, thumbprint, thumbprintSha256 } = own;
    const expected = { alg: "PS256", typ: "JWT", "x5t#S256": name(thumbprintSha256) };
    expect(await headerOf({ privateKey, thumbprintSha256 })).toEqual(expected);
    expect(await headerOf({ privateKey, thumbprintSha256, thumbprint })).toEqual(expected);
  });

  it("derives the SHA-256 thumbprint from the certificate, which goes along in x5c", async () => {
    const { privateKey, thumbprint, thumbprintSha256, certificate: publicCertificate, base64 } = own;
    const expected = { alg: "PS256", typ: "JWT", "x5t#S256": name(thumbprintSha256), x5c: [base64] };
    expect(await headerOf({ privateKey, publicCertificate })).toEqual(expected);
    expect(await headerOf({ privateKey, publicCertificate, thumbprint })).toEqual(expected);
  });

  it.each([
    ["P-256", "ES256"],
    ["P-384", "ES384"],
    ["P-521", "ES512"],
  ] as const)("signs with an EC key on %s by %s", async (kind, alg) => {
    const { privateKey, certificate: publicCertificate, base64, ...names } = makeCertificate("ec", { kind });
    const assertion = await assertionOf(authenticationFor({ privateKey, publicCertificate }));
    await verify(assertion, publicCertificate);
    expect((await decode(assertion)).header).toEqual({
      alg,
      typ: "JWT",
      "x5t#S256": name(names.thumbprintSha256),
      x5c: [base64],
    });
    const { thumbprint } = names;
    expect(await headerOf({ privateKey, thumbprint })).toEqual({ alg, typ: "JWT", x5t: name(thumbprint) });
  });

  it("signs with RSA by PS256 and by RS256 so that the certificate's key verifies it", async () => {
    const { privateKey, thumbprint, thumbprintSha256, certificate } = own;
    await verify(await assertionOf(authenticationFor({ privateKey, thumbprint })), certificate);
    await verify(await assertionOf(authenticationFor({ privateKey, thumbprintSha256 })), certificate);
  });
});

describe("B3.2 B3.4 x5c of several certificates", () => {
  it("is in the order of certification, the leaf first, whatever the order of the blocks", async () => {
    const root = makeCertificate("root", { kind: "Ed25519" });
    const middle = makeCertificate("middle", { kind: "P-256", issuer: root });
    const leaf = makeCertificate("leaf", { issuer: middle });
    const orders = [
      [leaf, middle, root],
      [root, middle, leaf],
      [middle, leaf, root],
    ];
    for (const order of orders) {
      const publicCertificate = order.map(({ certificate }) => certificate).join("\n");
      expect(await headerOf({ privateKey: leaf.privateKey, publicCertificate })).toMatchObject({
        "x5t#S256": name(leaf.thumbprintSha256),
        x5c: [leaf.base64, middle.base64, root.base64],
      });
    }
  });

  it("keeps certificates that have no place in the chain, after it", async () => {
    const publicCertificate = own.certificate + other.certificate;
    expect(await headerOf({ privateKey: own.privateKey, publicCertificate })).toMatchObject({
      x5c: [own.base64, other.base64],
    });
  });

  it("takes the first of certificates that look the same from outside", async () => {
    const renewed = makeCertificate("contoso");
    const publicCertificate = renewed.certificate + own.certificate;
    expect(await headerOf({ privateKey: renewed.privateKey, publicCertificate })).toMatchObject({
      x5c: [renewed.base64, own.base64],
    });
  });

  it("reads a certificate of version 1", async () => {
    const request = openssl(["req", "-new", "-key", "own.key", "-subj", "/CN=old"], {
      files: { "own.key": own.privateKey },
    }).toString();
    const publicCertificate = openssl(["x509", "-req", "-signkey", "own.key"], {
      files: { "own.key": own.privateKey },
      input: request,
    }).toString();
    expect(openssl(["x509", "-noout", "-text"], { input: publicCertificate }).toString()).toContain("Version: 1");
    expect(await headerOf({ privateKey: own.privateKey, publicCertificate })).toMatchObject({
      "x5t#S256": name(new X509Certificate(publicCertificate).fingerprint256),
    });
  });
});

describe("a certificate that does not fit", () => {
  it("is told apart by its thumbprints, and the right one is shown", async () => {
    const { privateKey, certificate: publicCertificate } = own;
    const { thumbprint, thumbprintSha256 } = other;
    expect(await failure({ privateKey, publicCertificate, thumbprint })).toMatchObject({
      code: "invalid_credential",
      message: containing(
        `"thumbprint" that is not its certificate's, which is ${own.thumbprint.replaceAll(":", "").toLowerCase()}`,
      ),
    });
    expect(await failure({ privateKey, publicCertificate, thumbprintSha256 })).toMatchObject({
      code: "invalid_credential",
      message: containing('"thumbprintSha256" that is not its certificate\'s'),
    });
  });

  it("is refused when it belongs to another key, of the same kind or another", async () => {
    const ec = makeCertificate("ec", { kind: "P-256" });
    const pairs = [
      { privateKey: own.privateKey, publicCertificate: other.certificate },
      { privateKey: own.privateKey, publicCertificate: ec.certificate },
      { privateKey: ec.privateKey, publicCertificate: own.certificate },
    ];
    for (const pair of pairs) {
      expect(await failure(pair)).toMatchObject({
        code: "invalid_credential",
        message: containing("private key that does not belong to its certificate"),
      });
    }
  });

  it("is refused when it is base64 of something else", async () => {
    for (const content of ["Zm9vYmFy", "MAA=", "MAIwAA==", "MIQ="]) {
      const publicCertificate = `-----BEGIN CERTIFICATE-----\n${content}\n-----END CERTIFICATE-----`;
      expect(await failure({ privateKey: own.privateKey, publicCertificate })).toMatchObject({
        code: "invalid_credential",
        message: containing("not an X.509 certificate"),
      });
    }
  });
});

describe("a key that cannot sign", () => {
  it("is refused when it is of another kind", async () => {
    const p224 = openssl(["ecparam", "-name", "secp224r1", "-genkey"]).toString();
    for (const privateKey of [makePrivateKey("Ed25519"), p224]) {
      expect(await failure({ privateKey, thumbprint: own.thumbprint })).toMatchObject({
        code: "invalid_credential",
        message: containing("give an RSA key, or an EC key on P-256, P-384 or P-521"),
      });
    }
  });

  it("is refused when it is too short", async () => {
    const privateKey = openssl(["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"]).toString();
    expect(await failure({ privateKey, thumbprint: own.thumbprint })).toMatchObject({
      code: "invalid_credential",
      message: containing("cannot sign with RS256"),
      cause: { message: containing("2048 bits") },
    });
  });
});
