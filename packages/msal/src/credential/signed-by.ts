import type { Certificate } from "./certificate.ts";
import type { AssertionAlgorithm } from "./assertion-algorithm.ts";
import { toPem } from "./pem.ts";

/** Whether a JWS carries the signature of the certificate's key. */
export async function isSignedBy(
  jws: string,
  { base64 }: Certificate,
  algorithm: AssertionAlgorithm,
): Promise<boolean> {
  const [{ importX509 }, { compactVerify }] = await Promise.all([
    import("jose/key/import"),
    import("jose/jws/compact/verify"),
  ]);
  try {
    await compactVerify(jws, await importX509(toPem("CERTIFICATE", base64), algorithm), { algorithms: [algorithm] });
    return true;
  } catch {
    // A certificate with a key of another kind cannot even be imported for this algorithm.
    return false;
  }
}
