import { createPublicKey, verify as verifySignature } from "node:crypto";
import { inspect } from "node:util";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { makeCertificate, type TestCertificate } from "../support/certificates.ts";
import { openssl } from "../support/openssl.ts";
import { assertionOf, authenticationFor, containing, failureOf, matching } from "./proof.ts";

const passphrase = "open sesame";
let rsa: TestCertificate;
let ec: TestCertificate;

beforeAll(() => {
  rsa = makeCertificate("rsa");
  ec = makeCertificate("ec", { kind: "P-256" });
});

/** Verifies a JWT without the library that signed it. */
function isSignedBy(assertion: string, certificate: string): boolean {
  const [header = "", claims = "", signature = ""] = assertion.split(".");
  const key = createPublicKey(certificate);
  const options = key.asymmetricKeyType === "ec" ? { key, dsaEncoding: "ieee-p1363" as const } : { key };
  return verifySignature("sha256", Buffer.from(`${header}.${claims}`), options, Buffer.from(signature, "base64url"));
}

function convert(args: readonly string[], { privateKey }: TestCertificate): string {
  return openssl(args, { input: privateKey }).toString();
}

describe("B3.3 forms of a private key", () => {
  it.each<[string, string, () => TestCertificate, string[]]>([
    ["PKCS#8", "PRIVATE KEY", () => rsa, ["pkey"]],
    ["PKCS#8 with EC", "PRIVATE KEY", () => ec, ["pkey"]],
    ["PKCS#1", "RSA PRIVATE KEY", () => rsa, ["rsa", "-traditional"]],
    ["SEC 1", "EC PRIVATE KEY", () => ec, ["ec"]],
  ])("signs with %s", async (_form, label, certificate, args) => {
    const own = certificate();
    const privateKey = convert(args, own);
    expect(privateKey).toContain(`-----BEGIN ${label}-----`);
    const assertion = await assertionOf(authenticationFor({ privateKey, thumbprint: own.thumbprint }));
    expect(isSignedBy(assertion, own.certificate)).toBe(true);
  });

  it.each<[string, string, () => TestCertificate, string[]]>([
    ["PKCS#8 by AES", "ENCRYPTED PRIVATE KEY", () => rsa, ["pkcs8", "-topk8", "-v2", "aes-256-cbc"]],
    ["PKCS#8 by 3DES", "ENCRYPTED PRIVATE KEY", () => rsa, ["pkcs8", "-topk8", "-v2", "des3"]],
    ["PKCS#8 with EC", "ENCRYPTED PRIVATE KEY", () => ec, ["pkcs8", "-topk8"]],
    ["legacy PEM by AES", "RSA PRIVATE KEY", () => rsa, ["rsa", "-traditional", "-aes256"]],
    ["legacy PEM by 3DES", "RSA PRIVATE KEY", () => rsa, ["rsa", "-traditional", "-des3"]],
    ["legacy PEM with EC", "EC PRIVATE KEY", () => ec, ["ec", "-aes128"]],
  ])(
    "opens encrypted %s with its passphrase, and says so when it is the wrong one",
    async (_form, label, certificate, args) => {
      const own = certificate();
      const privateKey = convert([...args, "-passout", `pass:${passphrase}`], own);
      expect(privateKey).toContain(`-----BEGIN ${label}-----`);
      const { thumbprint } = own;
      const assertion = await assertionOf(authenticationFor({ privateKey, thumbprint, passphrase }));
      expect(isSignedBy(assertion, own.certificate)).toBe(true);
      const error = await failureOf(
        assertionOf(authenticationFor({ privateKey, thumbprint, passphrase: "0pen sesame" })),
      );
      expect(error).toMatchObject({
        code: "invalid_credential",
        message: '"clientCredential" has a "passphrase" that does not open its "privateKey"; check both.',
      });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/0pen sesame|MII|PRIVATE KEY/);
    },
  );

  it("finds the key behind other blocks and comments", async () => {
    const parameters = openssl(["ecparam", "-name", "prime256v1"]).toString();
    const privateKey = `Bag Attributes\n${parameters}${ec.certificate}${ec.privateKey}`;
    const assertion = await assertionOf(authenticationFor({ privateKey, thumbprint: ec.thumbprint }));
    expect(isSignedBy(assertion, ec.certificate)).toBe(true);
  });

  it.each([
    ["no base64", "PRIVATE KEY", "***", "cannot be read"],
    ["no DER", "PRIVATE KEY", "Zm9vYmFy", "damaged or of a kind"],
    ["no PKCS#8", "PRIVATE KEY", "MAA=", "damaged or of a kind"],
    ["no PKCS#1", "RSA PRIVATE KEY", "Zm9vYmFy", "cannot be read"],
    ["OpenSSH's own form", "OPENSSH PRIVATE KEY", "b3BlbnNzaC1rZXktdjEA", "cannot be read"],
  ])("refuses %s", async (_what, label, content, expected) => {
    const privateKey = `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----`;
    expect(await failureOf(assertionOf(authenticationFor({ privateKey, thumbprint: rsa.thumbprint })))).toMatchObject({
      code: "invalid_credential",
      message: containing(expected),
    });
  });

  it("refuses a damaged key without showing it", async () => {
    const lines = rsa.privateKey.trim().split("\n");
    const privateKey = [...lines.slice(0, 3), ...lines.slice(-3)].join("\n");
    const error = await failureOf(assertionOf(authenticationFor({ privateKey, thumbprint: rsa.thumbprint })));
    expect(error).toMatchObject({ code: "invalid_credential" });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(lines[1]);
  });
});

describe("a runtime without Node's crypto module", () => {
  afterEach(() => {
    vi.doUnmock("node:crypto");
    vi.resetModules();
  });

  it("signs with unencrypted PKCS#8, and says how to convert another form", async () => {
    const pkcs1 = convert(["rsa", "-traditional"], rsa);
    const { privateKey, thumbprint, certificate } = rsa;
    vi.doMock("node:crypto", () => {
      throw new Error("no such module");
    });
    vi.resetModules();
    const fresh = await import("./proof.ts");
    const assertion = await fresh.assertionOf(fresh.authenticationFor({ privateKey, thumbprint }));
    expect(isSignedBy(assertion, certificate)).toBe(true);
    const error = await failureOf(fresh.assertionOf(fresh.authenticationFor({ privateKey: pkcs1, thumbprint })));
    expect(error).toMatchObject({
      code: "invalid_credential",
      message: matching(/"RSA PRIVATE KEY", which only Node\.js opens; .*openssl pkcs8 -topk8 -nodes/),
    });
  });
});
