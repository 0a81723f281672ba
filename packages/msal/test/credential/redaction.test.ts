import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MsalError } from "../../src/error/msal-error.ts";
import { makeCertificate } from "../support/certificates.ts";
import { openssl } from "../support/openssl.ts";

const passphrase = "open sesame";
const { privateKey, thumbprint, certificate } = makeCertificate("contoso");
const keyContent = privateKey.split("\n").slice(1, -2).join("");

/** How the failure of a credential shows, to its last hidden field. Modules mocked before are loaded afresh for it. */
async function shownFailure(credential: unknown): Promise<string> {
  vi.resetModules();
  const fresh = await import("./proof.ts");
  const error = await fresh.failureOf(fresh.assertionOf(fresh.authenticationFor(credential)));
  expect(error).toMatchObject({ name: MsalError.name, code: "invalid_credential" });
  return inspect(error, { depth: 9, showHidden: true, maxStringLength: null });
}

describe("B4.12 a module beneath that quotes what it was given", () => {
  afterEach(() => {
    vi.doUnmock("node:crypto");
    vi.doUnmock("jose/key/import");
    vi.doUnmock("node-forge");
    vi.resetModules();
  });

  it("shows neither the key nor the passphrase when it opens a PEM key", async () => {
    const encrypted = openssl(["pkcs8", "-topk8", "-passout", `pass:${passphrase}`], { input: privateKey }).toString();
    const createPrivateKey = (given: { key: string; passphrase: string }): never => {
      throw new Error(`cannot open ${given.key.split("-----")[2]} with ${given.passphrase}`);
    };
    vi.doMock("node:crypto", () => ({ createPrivateKey }));
    const shown = await shownFailure({ privateKey: encrypted, thumbprint, passphrase });
    expect(shown).toContain("cannot open");
    expect(shown).not.toContain(passphrase);
    expect(shown).not.toContain(encrypted.split("\n")[1]);
  });

  it("does not show the key when it imports one", async () => {
    const importPKCS8 = (pem: string): Promise<never> =>
      Promise.reject(new Error(`cannot import ${pem.split("\n")[1]}`));
    vi.doMock("jose/key/import", () => ({ importPKCS8 }));
    const shown = await shownFailure({ privateKey, thumbprint });
    expect(shown).toContain("cannot import");
    expect(shown).not.toContain(keyContent);
  });

  it("does not show the passphrase when it opens a PFX", async () => {
    const privateKeyPfx = openssl(
      ["pkcs12", "-export", "-inkey", "own.key", "-in", "own.crt", "-passout", `pass:${passphrase}`],
      { files: { "own.key": privateKey, "own.crt": certificate } },
    );
    const { default: forge } = await import("node-forge");
    const pkcs12FromAsn1 = (_pfx: unknown, word: string): never => {
      throw new Error(`cannot open with ${word}`);
    };
    vi.doMock("node-forge", () => ({ default: { ...forge, pkcs12: { pkcs12FromAsn1 } } }));
    const shown = await shownFailure({ privateKeyPfx, passphrase });
    expect(shown).toContain("cannot open");
    expect(shown).not.toContain(passphrase);
  });
});
