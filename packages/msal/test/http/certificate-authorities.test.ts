import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readAuthorities } from "../../src/http/certificate-authorities.ts";
import { makeCertificate } from "../support/certificates.ts";
import { msalErrorFrom } from "../support/thrown.ts";

const { certificate, privateKey } = makeCertificate("Root", { kind: "P-256" });

describe("the authorities in verify (B6.1)", () => {
  it("are the certificates in a PEM text, and nothing else of it", async () => {
    const text = `Root one\n${certificate}\n${privateKey}\n# again\n${certificate}`;
    expect(await readAuthorities(text)).toEqual([certificate.trim(), certificate.trim()]);
  });

  it.each([
    ["a key alone", privateKey, "holds no certificate in PEM form"],
    ["half a certificate", certificate.slice(0, 200), "holds no certificate in PEM form"],
    [
      "a certificate that is none",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
      "holds a certificate that cannot be read",
    ],
    ["a file that is not there", "/no/such/file.pem", "names a file that cannot be read"],
    [
      "a file of something else",
      fileURLToPath(new URL("request.ts", import.meta.url)),
      "holds no certificate in PEM form",
    ],
  ])("are not %s: the error says so, and shows no key", async (_, source, words) => {
    const error = await msalErrorFrom(readAuthorities(source));
    expect(error.code).toBe("invalid_authorities");
    expect(error.message).toContain(`"verify" ${words}`);
    expect(`${error.message} ${String(error.cause)}`).not.toContain("PRIVATE KEY");
  });
});
