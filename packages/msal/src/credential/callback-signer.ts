import { MsalError } from "../error/msal-error.ts";
import { redactCause } from "../error/redact.ts";
import { encodeBase64url } from "../protocol/base64url.ts";
import type { SignCallbackCredential } from "./sign-callback-credential.ts";
import type { JwsSigner } from "./jws-signer.ts";

/** Has a callback sign, whose key the library never sees. */
export function callbackSigner(sign: SignCallbackCredential["sign"]): JwsSigner {
  return async (header, payload) => {
    const encoder = new TextEncoder();
    const input = `${encodeBase64url(encoder.encode(JSON.stringify(header)))}.${encodeBase64url(payload)}`;
    const signature = await answerOf(sign, encoder.encode(input));
    if (signature instanceof Uint8Array && signature.length > 0) return `${input}.${encodeBase64url(signature)}`;
    throw new MsalError(
      "assertion_failed",
      'The "sign" callback gave no signature; it must give a Uint8Array that is not empty.',
    );
  };
}

async function answerOf(sign: SignCallbackCredential["sign"], data: Uint8Array): Promise<unknown> {
  try {
    return await sign(data);
  } catch (error) {
    throw new MsalError("assertion_failed", 'The "sign" callback failed; see "cause".', { cause: redactCause(error) });
  }
}
