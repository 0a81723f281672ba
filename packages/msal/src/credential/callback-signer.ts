import { MsalError } from "../error/msal-error.ts";
import { redactCause } from "../error/redact.ts";
import type { SignCallbackCredential } from "./sign-callback-credential.ts";
import type { JwsSigner } from "./jws-signer.ts";

/** Has a callback sign, whose key the library never sees. */
export async function callbackSigner(sign: SignCallbackCredential["sign"]): Promise<JwsSigner> {
  const { encode } = await import("jose/base64url");
  return async (header, payload) => {
    const input = `${encode(JSON.stringify(header))}.${encode(payload)}`;
    const signature = await answerOf(sign, new TextEncoder().encode(input));
    if (signature instanceof Uint8Array && signature.length > 0) return `${input}.${encode(signature)}`;
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
