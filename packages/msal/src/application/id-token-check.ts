import type { Arrival, TokenClientParts } from "./token-request.ts";
import type { CallContext } from "./call-options.ts";
import { isIssuerOf } from "../authority/issuer-rule.ts";
import type { AuthorityMetadata } from "../authority/resolver.ts";
import { MsalError } from "../error/msal-error.ts";
import { checkIdToken, decodeIdToken, type IdTokenClaims } from "../protocol/id-token.ts";
import { verifyIdTokenSignature } from "../protocol/id-token-signature.ts";
import { parseHttpDate } from "../protocol/http-date.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Logger } from "../runtime/logger.ts";

/** A difference between the two clocks beyond this is worth a warning. Seconds. */
const notableSkew = 120;

/** Reads and checks the id token of an answer; `undefined` where there is none. Nothing of it has been cached yet. */
export async function checkIdTokenOf(
  parts: TokenClientParts,
  { request, metadata, headers, answer }: Arrival,
): Promise<IdTokenClaims | undefined> {
  const { configuration, signingKeys } = parts;
  const { id_token } = answer;
  if (id_token === undefined) return undefined;
  const { clientId, clock, logger, validateIdToken } = configuration;
  const claims = decodeIdToken(id_token);
  checkIdToken(claims, {
    clientId,
    now: serverTime(headers, clock, logger),
    ...(metadata.issuer !== undefined && { issuer: metadata.issuer }),
    ...request.idToken,
  });
  if (metadata.issuer === undefined) await checkUnannouncedIssuer(parts, metadata, claims, request.context);
  if (validateIdToken === "signature") {
    const { jwksUri } = metadata;
    if (jwksUri === undefined) throw noKeys(metadata);
    await verifyIdTokenSignature(id_token, (keyId) => signingKeys.find(jwksUri, keyId, request.context));
  }
  return claims;
}

/** Where the configuration names no issuer, the token's own has to fit the authority. */
async function checkUnannouncedIssuer(
  { configuration, authorities }: TokenClientParts,
  { authority, realm }: AuthorityMetadata,
  { iss }: IdTokenClaims,
  context: CallContext,
): Promise<void> {
  if (!configuration.validateAuthority) return;
  const environments = await authorities.environments(authority, context);
  if (isIssuerOf(iss, { authority, environments, realm })) return;
  throw new MsalError(
    "invalid_id_token",
    `The id token breaks the rule for "iss": ${JSON.stringify(iss)} is no issuer of ${authority.url}, whose OpenID configuration names none.`,
  );
}

/**
 * The time by which tokens are judged, in epoch seconds: the server's, where it tells, so that a wrong local clock does
 * not fail a sign-in.
 */
function serverTime(headers: Headers, clock: Clock, logger: Logger): number {
  const local = clock.now() / 1000;
  const server = parseHttpDate(headers.get("date"));
  if (server === undefined) return local;
  const difference = Math.round(local - server);
  if (Math.abs(difference) > notableSkew) {
    const direction = difference > 0 ? "ahead of" : "behind";
    logger.warn?.(`The local clock is ${Math.abs(difference)} s ${direction} the identity provider's. Set it right.`);
  }
  return server;
}

function noKeys({ authority }: AuthorityMetadata): MsalError {
  return new MsalError(
    "endpoint_missing",
    `The OpenID configuration of ${authority.url} names no jwks_uri, so no signature can be checked: leave out "validateIdToken".`,
  );
}
