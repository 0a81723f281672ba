import { epochSeconds } from "../runtime/clock.ts";
import { randomUuid } from "../runtime/random.ts";
import { assertionParameters } from "./assertion.ts";
import type { ClientAuthenticationOptions } from "./authenticate.ts";
import type { ClientAuthentication, ClientAuthenticationContext } from "./client-authentication.ts";
import { openSigningIdentity, type SigningIdentity } from "./signing-identity.ts";
import type { SigningCredential } from "./signing-material.ts";
import { untilAborted } from "../runtime/until-aborted.ts";

/** Seconds that an assertion is good for. */
const lifetime = 600;
/** Seconds before its end at which an assertion is not used again: it may spend them on the way. */
const margin = 60;
/** Token endpoints whose assertions are kept; applications talk to one or a few tenants. */
const endpointsKept = 32;

/** An assertion that is there or on its way, and the time (epoch seconds) from which a new one is due. */
interface HeldAssertion {
  readonly assertion: Promise<string>;
  readonly renewAt: number;
}

/**
 * Signs client assertions (RFC 7523, section 3) with the application's certificate. One assertion serves all requests
 * to an endpoint for about nine minutes, those that wait while it is signed too; a failure is not kept. With
 * `singleUse` it serves one request.
 */
export function signedAssertion(
  credential: SigningCredential,
  { clock, clientClaims = {}, singleUse = false }: ClientAuthenticationOptions,
): ClientAuthentication {
  const held = new Map<string, HeldAssertion>();
  let opening: Promise<SigningIdentity> | undefined;

  function identity(): Promise<SigningIdentity> {
    opening ??= openSigningIdentity(credential).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function sign(claims: Readonly<Record<string, unknown>>): Promise<string> {
    return (await identity()).sign(claims);
  }

  function assertionFor({ clientId, tokenEndpoint }: ClientAuthenticationContext): Promise<string> {
    const now = epochSeconds(clock);
    const key = `${clientId} ${tokenEndpoint}`;
    const known = held.get(key);
    if (known !== undefined && now < known.renewAt) return known.assertion;
    const claims: Readonly<Record<string, unknown>> = {
      ...assertionClaims(clientId, tokenEndpoint, now),
      ...clientClaims,
    };
    const assertion = sign(claims).catch((error: unknown) => {
      if (held.get(key)?.assertion === assertion) held.delete(key);
      throw error;
    });
    if (!singleUse) keep(key, { assertion, renewAt: Number(claims["exp"]) - margin });
    return assertion;
  }

  function keep(key: string, assertion: HeldAssertion): void {
    held.delete(key);
    held.set(key, assertion);
    const [oldest] = held.keys();
    if (held.size > endpointsKept && oldest !== undefined) held.delete(oldest);
  }

  return async (context) => assertionParameters(await untilAborted(() => assertionFor(context), context.signal));
}

function assertionClaims(clientId: string, audience: string, now: number): Readonly<Record<string, unknown>> {
  return {
    aud: audience,
    iss: clientId,
    sub: clientId,
    iat: now,
    nbf: now,
    exp: now + lifetime,
    jti: randomUuid(),
  };
}
