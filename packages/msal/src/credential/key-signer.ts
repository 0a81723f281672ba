import { MsalError } from "../error/msal-error.ts";
import { redactCause } from "../error/redact.ts";
import type { AssertionAlgorithm } from "./assertion-algorithm.ts";
import type { JwsSigner } from "./jws-signer.ts";
import { toPem } from "./pem.ts";

/** Signs with a private key, given as PKCS#8 in base64. */
export async function keySigner(privateKey: string, algorithm: AssertionAlgorithm): Promise<JwsSigner> {
  const [{ importPKCS8 }, { CompactSign }] = await Promise.all([
    import("jose/key/import"),
    import("jose/jws/compact/sign"),
  ]);
  function unusable(error: unknown): never {
    throw new MsalError(
      "invalid_credential",
      `"clientCredential" has a private key that cannot sign with ${algorithm}; see "cause".`,
      { cause: redactCause(error, [privateKey]) },
    );
  }
  const key = await importPKCS8(toPem("PRIVATE KEY", privateKey), algorithm).catch(unusable);
  return (header, payload) =>
    new CompactSign(payload)
      .setProtectedHeader({ ...header })
      .sign(key)
      .catch(unusable);
}
