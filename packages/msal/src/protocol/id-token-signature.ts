import { MsalError } from "../error/msal-error.ts";

/** One public key of the identity provider (RFC 7517). */
export type SigningKey = Readonly<Record<string, unknown>>;

/** Finds the provider's key by the id in a token's header; `undefined` when there is none. */
export type SigningKeyFinder = (keyId: string) => Promise<SigningKey | undefined>;

/**
 * Checks that the identity provider signed an id token (OpenID Connect Core, section 3.1.3.7, rule 6).
 *
 * @throws {@link MsalError} `invalid_id_token` when the key is unknown or the signature wrong. The message never shows
 *   the token.
 */
export async function verifyIdTokenSignature(token: string, findKey: SigningKeyFinder): Promise<void> {
  const { compactVerify } = await import("jose/jws/compact/verify");
  const { decodeProtectedHeader } = await import("jose/decode/protected_header");
  const { kid, alg } = readHeader(() => decodeProtectedHeader(token));
  // "none" and shared secrets prove nothing here: the keys are public.
  if (typeof kid !== "string" || typeof alg !== "string" || !/^(?:RS|PS|ES)\d{3}$/.test(alg)) {
    throw invalid("names no key and asymmetric algorithm");
  }
  const key = await findKey(kid);
  if (key === undefined)
    throw invalid(`is signed with the key ${JSON.stringify(kid)}, which the provider does not publish`);
  await compactVerify(token, key, { algorithms: [alg] }).catch(() => {
    throw invalid("has a signature that does not fit");
  });
}

/** The token's own words: nothing is sure about their types. */
interface Header {
  readonly kid?: unknown;
  readonly alg?: unknown;
}

function readHeader(read: () => Header): Header {
  try {
    return read();
  } catch {
    throw invalid("has no readable header");
  }
}

function invalid(fault: string): MsalError {
  return new MsalError("invalid_id_token", `The id token ${fault}.`);
}
