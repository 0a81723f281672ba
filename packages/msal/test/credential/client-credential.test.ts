import { beforeAll, describe, expect, it } from "vitest";
import { checkClientCredential } from "../../src/credential/client-credential.ts";
import { MsalArgumentError } from "../../src/error/argument-error.ts";
import { makeCertificate, type TestCertificate } from "../support/certificates.ts";
import { openssl } from "../support/openssl.ts";

let own: TestCertificate;
let encrypted: string;

beforeAll(() => {
  own = makeCertificate("contoso");
  encrypted = openssl(["pkcs8", "-topk8", "-passout", "pass:open sesame"], { input: own.privateKey }).toString();
});

/** The message of the refusal. */
function refusal(value: unknown): string {
  try {
    checkClientCredential(value);
  } catch (error) {
    if (!isInvalidCredential(error)) throw error;
    return error.message;
  }
  throw new Error("not refused");
}

function isInvalidCredential(error: unknown): error is MsalArgumentError {
  return (
    error instanceof MsalArgumentError &&
    error.code === "invalid_credential" &&
    error.option === "clientCredential" &&
    error.message.startsWith('"clientCredential" ')
  );
}

const sign = (): Uint8Array => new Uint8Array(1);
const thumbprint = "0123456789abcdef0123456789ABCDEF01234567";
const pfx = Uint8Array.of(0x30);

describe("B3.1 checkClientCredential", () => {
  it("takes a secret", () => {
    expect(checkClientCredential("s3cret")).toBe("s3cret");
  });

  it("takes a private key with a thumbprint, a SHA-256 thumbprint or the certificate", () => {
    const { privateKey, thumbprintSha256, certificate: publicCertificate } = own;
    for (const names of [{ thumbprint }, { thumbprintSha256 }, { publicCertificate }]) {
      expect(checkClientCredential({ privateKey, ...names })).toMatchObject({ privateKey });
    }
  });

  it("takes an encrypted private key with its passphrase", () => {
    const credential = { privateKey: encrypted, passphrase: "open sesame", publicCertificate: own.certificate };
    expect(checkClientCredential(credential)).toEqual(credential);
  });

  it("takes a PFX as bytes or as a path, with a passphrase or the empty one", () => {
    expect(checkClientCredential({ privateKeyPfx: pfx })).toEqual({ privateKeyPfx: pfx });
    const withPath = { pfxPath: "app.pfx", passphrase: "", publicCertificate: true };
    expect(checkClientCredential(withPath)).toEqual(withPath);
  });

  it("takes an assertion or a callback that gives one", () => {
    const clientAssertion = (): string => "";
    expect(checkClientCredential({ clientAssertion })).toEqual({ clientAssertion });
    expect(checkClientCredential({ clientAssertion: "a.b.c" })).toEqual({ clientAssertion: "a.b.c" });
  });

  it("takes a sign callback with a certificate or thumbprint, and an algorithm", () => {
    expect(checkClientCredential({ sign, thumbprint, algorithm: "ES256" })).toMatchObject({ sign, algorithm: "ES256" });
  });

  it("counts a field that holds undefined as absent", () => {
    expect(checkClientCredential({ sign, thumbprint, publicCertificate: undefined })).not.toHaveProperty(
      "publicCertificate",
    );
  });

  it("brings thumbprints into one form, whatever colons, spaces, capitals and invisible marks they came with", () => {
    const spaced = "\u200e01 23 45 67 89 ab cd ef 01:23:45:67:89 AB CD EF 01 23 45 67";
    expect(checkClientCredential({ sign, thumbprint: spaced })).toMatchObject({ thumbprint: thumbprint.toLowerCase() });
  });

  it("copies and freezes, so that later changes of the caller's object have no effect", () => {
    const bytes = Uint8Array.of(1, 2);
    const given = { privateKeyPfx: bytes };
    const checked = checkClientCredential(given);
    bytes[0] = 9;
    given.privateKeyPfx = pfx;
    expect(checked).toEqual({ privateKeyPfx: Uint8Array.of(1, 2) });
    expect(Object.isFrozen(checked)).toBe(true);
    for (const credential of [{ sign, thumbprint }, { clientAssertion: "a.b.c" }]) {
      expect(Object.isFrozen(checkClientCredential(credential))).toBe(true);
      expect(Object.isFrozen(credential)).toBe(false);
    }
  });

  it.each([undefined, null, 5, true])("refuses %s", (value) => {
    expect(refusal(value)).toContain("must be a client secret or an object");
  });

  it("refuses an empty secret", () => {
    expect(refusal("")).toContain("must not be an empty string");
  });

  it("names the missing field", () => {
    const { privateKey } = own;
    expect(refusal({})).toContain('lacks "privateKey"');
    expect(refusal({ thumbprint, passphrase: "open sesame" })).toContain('lacks "privateKey"');
    expect(refusal({ privateKey })).toContain('lacks "thumbprint"');
    expect(refusal({ sign })).toContain('lacks "thumbprint"');
    expect(refusal({ privateKey: encrypted, thumbprint })).toContain('lacks "passphrase"');
  });

  it("sees that a legacy PEM key is encrypted", () => {
    const legacy = openssl(["rsa", "-traditional", "-aes128", "-passout", "pass:open sesame"], {
      input: own.privateKey,
    }).toString();
    expect(legacy).toContain("BEGIN RSA PRIVATE KEY");
    expect(refusal({ privateKey: legacy, thumbprint })).toContain('lacks "passphrase"');
  });

  it("refuses two kinds at once and misspelt fields, and says what goes together", () => {
    const { privateKey } = own;
    expect(refusal({ clientAssertion: "a.b.c", thumbprint })).toContain('has "thumbprint" beside "clientAssertion"');
    expect(refusal({ pfxPath: "app.pfx", privateKeyPfx: pfx })).toContain('has "privateKeyPfx" beside "pfxPath"');
    expect(refusal({ privateKeyPfx: pfx, thumbprint })).toContain('has "thumbprint" beside "privateKeyPfx"');
    expect(refusal({ sign, privateKey, thumbprint })).toContain('has "privateKey" beside "sign"');
    expect(refusal({ sign, thumbprint, passphrase: "open sesame" })).toContain('has "passphrase" beside "sign"');
    expect(refusal({ privateKey, thumbprint, algorithm: "RS256" })).toContain('has "algorithm" beside "privateKey"');
    expect(refusal({ privateKey, thumbprnt: thumbprint })).toContain(
      'beside "privateKey" may stand: thumbprint, thumbprintSha256, publicCertificate, passphrase',
    );
    expect(refusal({ clientAssertion: "a.b.c", x: 1 })).toContain("may stand: nothing");
  });

  it("refuses fields of the wrong type", () => {
    const { privateKey } = own;
    expect(refusal({ privateKey: Buffer.from(privateKey), thumbprint })).toContain('"privateKey" that is not a');
    expect(refusal({ privateKey, thumbprint: 5 })).toContain('"thumbprint" that is not a non-empty string');
    expect(refusal({ privateKey, thumbprint, passphrase: "" })).toContain('"passphrase" that is not a non-empty');
    expect(refusal({ privateKey, publicCertificate: true })).toContain('"publicCertificate" that is not a');
    expect(refusal({ pfxPath: "" })).toContain('"pfxPath" that is not a non-empty string');
    expect(refusal({ pfxPath: "app.pfx", passphrase: 5 })).toContain('"passphrase" that is not a string');
    expect(refusal({ pfxPath: "app.pfx", publicCertificate: false })).toContain('"publicCertificate" beside a PFX');
    expect(refusal({ privateKeyPfx: "MIIK" })).toContain('"privateKeyPfx" that is not the bytes');
    expect(refusal({ privateKeyPfx: new Uint8Array() })).toContain('"privateKeyPfx" that is not the bytes');
    expect(refusal({ clientAssertion: "" })).toContain('"clientAssertion" that is neither');
    expect(refusal({ clientAssertion: 5 })).toContain('"clientAssertion" that is neither');
    expect(refusal({ sign: "RS256", thumbprint })).toContain('"sign" that is not a function');
    expect(refusal({ sign, thumbprint, algorithm: "HS256" })).toContain("none of RS256, PS256, ES256, ES384, ES512");
  });

  it("refuses a private key that is a file name, and line breaks that are two characters", () => {
    const folded = own.privateKey.replaceAll("\n", String.raw`\n`);
    expect(refusal({ privateKey: "/keys/app.pem", thumbprint })).toContain("not a file name");
    expect(refusal({ privateKey: folded, thumbprint })).toContain(String.raw`privateKey.replaceAll("\\n", "\n")`);
    const foldedCertificate = own.certificate.replaceAll("\n", String.raw`\n`);
    expect(refusal({ sign, publicCertificate: foldedCertificate })).toContain("publicCertificate.replaceAll");
  });

  it.each([
    ["thumbprint", thumbprint.slice(2), "40 hexadecimal digits"],
    ["thumbprint", `${thumbprint.slice(1)}g`, "40 hexadecimal digits"],
    ["thumbprint", "0".repeat(64), "thumbprintSha256 (64 digits) if it is that one"],
    ["thumbprintSha256", thumbprint, "thumbprint (40 digits) if it is that one"],
  ])("refuses a %s of the wrong length or of other characters: %s", (name, value, expected) => {
    expect(refusal({ sign, [name]: value })).toContain(expected);
  });
});

describe("B3.4 publicCertificate", () => {
  it("may hold several blocks and comments between them", () => {
    const publicCertificate = `Bag Attributes\n${own.certificate}subject=x\n${own.certificate}`;
    expect(checkClientCredential({ sign, publicCertificate })).toEqual({ sign, publicCertificate });
  });

  it.each(["", "RSA ", "ENCRYPTED "])("is refused when it holds a %sPRIVATE KEY, cut off or not", (form) => {
    const publicCertificate = `${own.certificate}-----BEGIN ${form}PRIVATE KEY-----\nMII`;
    expect(refusal({ sign, publicCertificate })).toContain('private key in "publicCertificate"');
  });

  it("is refused when it is no PEM or one of its blocks no base64", () => {
    const broken = "-----BEGIN CERTIFICATE-----\n***\n-----END CERTIFICATE-----";
    for (const publicCertificate of ["app.crt", own.base64, `${own.certificate}${broken}`]) {
      expect(refusal({ sign, publicCertificate })).toContain('"publicCertificate" that is not PEM');
    }
  });
});
