import { compactVerify, decodeProtectedHeader, importX509, type ProtectedHeaderParameters } from "jose";
import { thumbprints } from "./certificates.ts";
import type { EmulatorApp, TenantReference } from "./directory.ts";
import { EntraError, entraError } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { placeOf, type Place } from "./place.ts";
import type { World } from "./world.ts";

/** Seconds that two clocks may differ. */
const skew = 300;
const algorithms: readonly string[] = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

/**
 * Checks a client assertion (RFC 7523) as Entra ID does: a registered certificate, its signature, whom it is for, who
 * it is from, and when. The same assertion may come again until it ends. Throws AADSTS700027, AADSTS700021,
 * AADSTS700023 or AADSTS700024.
 */
export async function checkAssertion(
  world: World,
  exchange: Exchange,
  { tenant, client, assertion }: { tenant: TenantReference; client: EmulatorApp; assertion: string },
): Promise<void> {
  const claims = await verifySignature(client, assertion);
  if (claims["iss"] !== client.clientId || claims["sub"] !== client.clientId) throw entraError(700021);
  if (!isForUs(world, exchange, tenant, claims["aud"])) throw entraError(700023);
  checkTimes(world.clock.now() / 1000, claims);
}

async function verifySignature(client: EmulatorApp, assertion: string): Promise<Record<string, unknown>> {
  try {
    const header = decodeProtectedHeader(assertion);
    const certificate = findCertificate(client, header);
    if (certificate === undefined) throw entraError(700027, { reason: "The key was not found." });
    if (!algorithms.includes(header.alg ?? "")) {
      throw entraError(700027, { reason: "The algorithm is not supported." });
    }
    const { payload } = await compactVerify(assertion, await importX509(certificate, header.alg ?? ""));
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
    return typeof claims === "object" && claims !== null ? Object.fromEntries(Object.entries(claims)) : {};
  } catch (error) {
    if (error instanceof EntraError) throw error;
    throw entraError(700027, { reason: "The key was found, but use of the key to verify the signature failed." });
  }
}

/** By SHA-256 or SHA-1 thumbprint; some clients pad the base64url. */
function findCertificate(client: EmulatorApp, header: ProtectedHeaderParameters): string | undefined {
  const sha256 = hexOf(header["x5t#S256"]);
  const sha1 = hexOf(header.x5t);
  return client.registeredCertificates.find((pem) => {
    const known = thumbprints(pem);
    return sha256 === undefined ? known.thumbprint === sha1 : known.thumbprintSha256 === sha256;
  });
}

function hexOf(value: unknown): string | undefined {
  return typeof value === "string" ? Buffer.from(value, "base64url").toString("hex").toUpperCase() : undefined;
}

/** The audience is the token endpoint or the issuer, by any name of this tenant. Ports are not compared. */
function isForUs(world: World, { place }: Exchange, tenant: TenantReference, audience: unknown): boolean {
  if (typeof audience !== "string" || !URL.canParse(audience)) return false;
  const named = placeOf(new URL(audience));
  const isSameServer = new URL(named.origin).hostname === new URL(place.origin).hostname;
  if (!isSameServer || named.flavour !== place.flavour || named.policy !== place.policy) return false;
  const isKnown = named.rest === place.rest || named.rest === "v2.0" || (named.flavour === "adfs" && named.rest === "");
  return isKnown && names(world, named, tenant);
}

function names(world: World, place: Place, tenant: TenantReference): boolean {
  try {
    const named = world.directory.tenantAt(place).tenant;
    return named === undefined || tenant.tenant === undefined || named === tenant.tenant;
  } catch {
    return false;
  }
}

function checkTimes(now: number, claims: Record<string, unknown>): void {
  const { nbf, exp } = claims;
  const early = typeof nbf === "number" && nbf > now + skew;
  const late = typeof exp !== "number" || exp < now - skew;
  if (early || late) throw entraError(700024, { now: iso(now), from: iso(nbf), until: iso(exp) });
}

function iso(time: unknown): string {
  const date = new Date(typeof time === "number" ? time * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) ? "unknown" : date.toISOString();
}
