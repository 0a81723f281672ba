import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { makeCertificate, type TestCertificate } from "../support/certificates.ts";
import { openssl } from "../support/openssl.ts";
import { assertionOf, authenticationFor, containing, decode, failureOf, verify } from "./proof.ts";

const passphrase = "open sesame";
let rsa: TestCertificate;
let ec: TestCertificate;
let directory: string;

beforeAll(() => {
  rsa = makeCertificate("Zoë");
  ec = makeCertificate("ec", { kind: "P-384" });
  directory = mkdtempSync(join(tmpdir(), "msal-pfx-"));
});

afterAll(() => rmSync(directory, { recursive: true }));

/** A PKCS#12 file as `openssl` makes it. */
function pfx(own: TestCertificate, args: readonly string[] = [], word = passphrase, others = ""): Buffer {
  const chain = others === "" ? [] : ["-certfile", "others.crt"];
  return openssl(
    ["pkcs12", "-export", "-inkey", "own.key", "-in", "own.crt", ...chain, "-passout", `pass:${word}`, ...args],
    { files: { "own.key": own.privateKey, "own.crt": own.certificate, "others.crt": others } },
  );
}

/** `openssl` puts the key's own certificate first, other tools do not: this swaps the two bags of an open file. */
function pfxWithOwnCertificateLast(own: TestCertificate, foreign: TestCertificate): Buffer {
  const file = pfx(own, ["-keypbe", "NONE", "-certpbe", "NONE", "-nomac"], "", foreign.certificate);
  const certBag = Buffer.from("060b2a864886f70d010c0a0103", "hex");
  const first = file.indexOf(certBag) - 4;
  const second = file.indexOf(certBag, first + 5) - 4;
  const end = second + 4 + file.readUInt16BE(second + 2);
  const parts = [[0, first], [second, end], [first, second], [end]] as const;
  return Buffer.concat(parts.map(([from, to]) => file.subarray(from, to)));
}

function name(fingerprint: string): string {
  return Buffer.from(fingerprint.replaceAll(":", ""), "hex").toString("base64url");
}

describe("B3.1 PFX", () => {
  it.each<[string, () => TestCertificate, string, string[]]>([
    ["AES with an RSA key", () => rsa, "PS256", []],
    ["AES with an EC key", () => ec, "ES384", []],
    ["3DES and RC2 with an RSA key", () => rsa, "PS256", ["-legacy"]],
    ["3DES and RC2 with an EC key", () => ec, "ES384", ["-legacy"]],
    ["no encryption", () => rsa, "PS256", ["-keypbe", "NONE", "-certpbe", "NONE"]],
    ["SHA-512 integrity", () => rsa, "PS256", ["-macalg", "sha512"]],
  ])("opens one by %s", async (_how, certificate, alg, args) => {
    const own = certificate();
    const assertion = await assertionOf(authenticationFor({ privateKeyPfx: pfx(own, args), passphrase }));
    await verify(assertion, own.certificate);
    expect((await decode(assertion)).header).toEqual({ alg, typ: "JWT", "x5t#S256": name(own.thumbprintSha256) });
  });

  it("opens one by the empty passphrase, given or not", async () => {
    const privateKeyPfx = pfx(rsa, [], "");
    await verify(await assertionOf(authenticationFor({ privateKeyPfx })), rsa.certificate);
    await verify(await assertionOf(authenticationFor({ privateKeyPfx, passphrase: "" })), rsa.certificate);
  });

  it.each([["by AES", []] as const, ["by 3DES", ["-legacy"]] as const])(
    "opens one %s with a passphrase beyond ASCII, and not with another",
    async (_how, args) => {
      const privateKeyPfx = pfx(rsa, args, "Öffne dich €");
      await verify(
        await assertionOf(authenticationFor({ privateKeyPfx, passphrase: "Öffne dich €" })),
        rsa.certificate,
      );
      const wrong = authenticationFor({ privateKeyPfx, passphrase: "Öffne dich £" });
      expect(await failureOf(assertionOf(wrong))).toMatchObject({
        code: "invalid_credential",
        message: containing('does not open with this "passphrase"'),
      });
    },
  );

  it("sends the certificates, leaf first, with publicCertificate: true", async () => {
    const root = makeCertificate("root");
    const leaf = makeCertificate("leaf", { issuer: root });
    const privateKeyPfx = pfx(leaf, [], passphrase, root.certificate);
    const authenticate = authenticationFor({ privateKeyPfx, passphrase, publicCertificate: true });
    expect((await decode(assertionOf(authenticate))).header).toMatchObject({ x5c: [leaf.base64, root.base64] });
  });

  it("takes the certificate that belongs to the key, though another stands before it", async () => {
    const foreign = makeCertificate("foreign");
    const privateKeyPfx = pfxWithOwnCertificateLast(rsa, foreign);
    const authenticate = authenticationFor({ privateKeyPfx, publicCertificate: true });
    expect((await decode(assertionOf(authenticate))).header).toMatchObject({ x5c: [rsa.base64, foreign.base64] });
  });

  it("is read from a path at the first request, and again after it could not be", async () => {
    const pfxPath = join(directory, "app.pfx");
    const authenticate = authenticationFor({ pfxPath, passphrase });
    expect(await failureOf(assertionOf(authenticate))).toMatchObject({
      code: "invalid_credential",
      message: containing('cannot be read from its "pfxPath"'),
      cause: { code: "ENOENT", message: containing(pfxPath) },
    });
    writeFileSync(pfxPath, pfx(rsa));
    await verify(await assertionOf(authenticate), rsa.certificate);
  });

  it("says when the passphrase is wrong or missing, and shows none", async () => {
    const privateKeyPfx = pfx(rsa);
    const wrong = await failureOf(assertionOf(authenticationFor({ privateKeyPfx, passphrase: "0pen sesame" })));
    expect(wrong).toMatchObject({
      code: "invalid_credential",
      message: '"clientCredential" has a PFX that does not open with this "passphrase"; check both.',
    });
    expect(inspect(wrong, { depth: 9, showHidden: true })).not.toContain("0pen sesame");
    expect(await failureOf(assertionOf(authenticationFor({ privateKeyPfx })))).toMatchObject({
      message: '"clientCredential" has a PFX that needs its "passphrase".',
    });
  });

  it("says what is missing in it, or that it is none", async () => {
    const files = { "own.key": rsa.privateKey, "own.crt": rsa.certificate };
    const word = ["-passout", `pass:${passphrase}`];
    const noKey = openssl(["pkcs12", "-export", "-nokeys", "-in", "own.crt", ...word], { files });
    const noCertificate = openssl(["pkcs12", "-export", "-nocerts", "-inkey", "own.key", ...word], { files });
    const cases: [Uint8Array, string][] = [
      [noKey, "holds no private key"],
      [noCertificate, "holds no certificate"],
      [Buffer.from(rsa.certificate), "is not a PKCS#12 file"],
    ];
    for (const [privateKeyPfx, expected] of cases) {
      expect(await failureOf(assertionOf(authenticationFor({ privateKeyPfx, passphrase })))).toMatchObject({
        code: "invalid_credential",
        message: containing(expected),
      });
    }
  });
});

describe("without the package node-forge", () => {
  afterEach(() => {
    vi.doUnmock("node-forge");
    vi.resetModules();
  });

  it("names the command that installs it", async () => {
    vi.doMock("node-forge", () => {
      throw new Error("Cannot find package 'node-forge'");
    });
    vi.resetModules();
    const fresh = await import("./proof.ts");
    const authenticate = fresh.authenticationFor({ privateKeyPfx: pfx(rsa), passphrase });
    expect(await failureOf(fresh.assertionOf(authenticate))).toMatchObject({
      code: "dependency_missing",
      message: containing("npm install node-forge"),
    });
  });
});
