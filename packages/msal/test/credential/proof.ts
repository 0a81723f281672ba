import {
  decodeJwt,
  decodeProtectedHeader,
  importX509,
  jwtVerify,
  type JWTPayload,
  type ProtectedHeaderParameters,
} from "jose";
import { expect } from "vitest";
import { createClientAuthentication } from "../../src/credential/authenticate.ts";
import type { ClientAuthentication, ClientAuthenticationContext } from "../../src/credential/client-authentication.ts";
import { checkClientCredential } from "../../src/credential/client-credential.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** Who asks, and where. */
export const context: ClientAuthenticationContext = {
  clientId: "00000000-0000-0000-0000-00000000c11e",
  tokenEndpoint: "https://login.microsoftonline.com/contoso/oauth2/v2.0/token",
  correlationId: "00000000-0000-0000-0000-000000000001",
};

/** The way of a credential from the option to its proof. */
export function authenticationFor(
  credential: unknown,
  options: { clock?: ManualClock; clientClaims?: Readonly<Record<string, unknown>>; singleUse?: boolean } = {},
): ClientAuthentication {
  return createClientAuthentication(checkClientCredential(credential), { clock: new ManualClock(), ...options });
}

/** The assertion that an authentication gives. Fails where it gives none. */
export async function assertionOf(
  authenticate: ClientAuthentication,
  changes: Partial<ClientAuthenticationContext> = {},
): Promise<string> {
  const { client_assertion: assertion } = await authenticate({ ...context, ...changes });
  if (assertion === undefined) throw new Error("no assertion");
  return assertion;
}

/** A JWT's header and claims, unverified. */
export async function decode(
  assertion: string | Promise<string>,
): Promise<{ header: ProtectedHeaderParameters & Record<string, unknown>; claims: JWTPayload }> {
  const jwt = await assertion;
  return { header: { ...decodeProtectedHeader(jwt) }, claims: decodeJwt(jwt) };
}

/** Verifies a JWT with the public key of a certificate; rejects when the signature is not by it. */
export async function verify(
  assertion: string,
  certificate: string,
  clock: ManualClock = new ManualClock(),
): Promise<void> {
  const { alg = "" } = decodeProtectedHeader(assertion);
  await jwtVerify(assertion, await importX509(certificate, alg), { currentDate: new Date(clock.now()) });
}

/** Stands for a text that contains another. */
export function containing(text: string): unknown {
  return expect.stringContaining(text);
}

/** Stands for a text that fits a pattern. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}

/** What a promise rejects with. Fails where it does not. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => {
      throw new Error("did not fail");
    },
    (error: unknown) => error,
  );
}
