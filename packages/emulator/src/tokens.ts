import { createHash, randomBytes } from "node:crypto";
import { SignJWT, type JWTPayload } from "jose";
import { requestedValues } from "./claims-parameter.ts";
import { seconds } from "./clock.ts";
import type { EmulatorApp, EmulatorUser, Tenant } from "./directory.ts";
import { accessTokenIssuerOf, issuerOf } from "./issuer.ts";
import type { Place } from "./place.ts";
import type { SignInGrant } from "./state/sign-in-grant.ts";
import type { World } from "./world.ts";

/** How the client proved itself, as `azpacr` says it: public, by secret, by certificate. */
export type ClientProof = "0" | "1" | "2";

/** What every access token is about. */
interface ClientToken {
  readonly client: EmulatorApp;
  readonly proof: ClientProof;
  readonly api: EmulatorApp;
  /** The request's own `claims` parameter, or none. */
  readonly claims: readonly string[];
}

/** Seconds that an access token for this client lives. */
export function accessTokenLifetime(world: World, client: EmulatorApp): number {
  return client.tokenLifetime ?? world.settings.tokenLifetime;
}

/** An access token for an API in the name of a user. */
export function userAccessToken(
  world: World,
  place: Place,
  token: ClientToken & { scopes: readonly string[]; grant: SignInGrant },
): Promise<string> {
  const { client, api, grant, claims } = token;
  return sign(world, accessTokenLifetime(world, client), {
    ...claimsForEveryToken(accessTokenIssuerOf(place, grant.tenant), grant.tenant, api.clientId),
    ...claimsOfUser(grant.user, api.clientId),
    ...profileOf(grant.user),
    ...claimsOfClient(token),
    acr: "1",
    amr: [...grant.methods],
    auth_time: Math.floor(grant.signedInAt / 1000),
    ...listClaim("acrs", requestedValues([...grant.claims, ...claims], "acrs")),
    scp: token.scopes.join(" "),
  });
}

/** An access token for an API in the name of the application itself. */
export function appAccessToken(world: World, place: Place, token: ClientToken & { tenant: Tenant }): Promise<string> {
  const { client, api, tenant } = token;
  // The service principal: one object per application and tenant.
  const oid = guidFrom(`${client.clientId} ${tenant.id}`);
  return sign(world, accessTokenLifetime(world, client), {
    ...claimsForEveryToken(accessTokenIssuerOf(place, tenant), tenant, api.clientId),
    ...claimsOfClient(token),
    idtyp: "app",
    oid,
    sub: oid,
    ...listClaim("roles", client.roles[api.identifierUri ?? ""] ?? []),
  });
}

/** The id token of a sign-in. It lives for an hour, whatever the access token does; names need the `profile` scope. */
export function idToken(
  world: World,
  place: Place,
  token: { client: EmulatorApp; grant: SignInGrant; openId: ReadonlySet<string>; nonce: string | undefined },
): Promise<string> {
  const { client, grant, openId, nonce } = token;
  return sign(world, 3600, {
    ...claimsForEveryToken(issuerOf(place, grant.tenant), grant.tenant, client.clientId),
    ...userClaimsAt(place, grant, client.clientId, openId.has("profile")),
    auth_time: Math.floor(grant.signedInAt / 1000),
    ...(nonce === undefined ? {} : { nonce }),
  });
}

/**
 * Who signed in, for the client's account list: base64url JSON of the home object and tenant. A user of B2C is another
 * one at each policy.
 */
export function clientInfo({ user, policy }: SignInGrant): string {
  const uid = policy === undefined ? user.oid : `${user.oid}-${policy}`;
  return Buffer.from(JSON.stringify({ uid, utid: user.tenantId })).toString("base64url");
}

/** The pairwise subject (OpenID Connect Core section 8): another application sees another one. */
export function subjectOf(user: EmulatorUser, audience: string): string {
  return createHash("sha256").update(`${user.oid} ${audience}`).digest("base64url");
}

function claimsForEveryToken(issuer: string, tenant: Tenant, audience: string): JWTPayload {
  return {
    aud: audience,
    iss: issuer,
    tid: tenant.id,
    uti: randomBytes(16).toString("base64url"),
    ver: "2.0",
  };
}

function claimsOfUser(user: EmulatorUser, audience: string): JWTPayload {
  return { oid: user.oid, sub: subjectOf(user, audience) };
}

function profileOf(user: EmulatorUser): JWTPayload {
  return { name: user.name, preferred_username: user.username };
}

/** What an id token says of the user, in the words of the server at hand. */
function userClaimsAt(
  { flavour, policy }: Place,
  { user, tenant }: SignInGrant,
  audience: string,
  withProfile: boolean,
): JWTPayload {
  const subject = claimsOfUser(user, audience);
  if (flavour === "b2c") return { ...subject, tid: undefined, tfp: policy, name: user.name, emails: [user.username] };
  if (flavour !== "adfs") return { ...subject, ...(withProfile ? profileOf(user) : {}) };
  const netbiosName = (tenant.domain.split(".")[0] ?? "").toUpperCase();
  // ADFS knows neither object id nor tenant.
  const sub = subjectOf(user, audience);
  return { sub, tid: undefined, upn: user.username, unique_name: `${netbiosName}\\${user.shortName}` };
}

/** Client capabilities (`xms_cc`) hold for the request that names them, not for later ones. */
function claimsOfClient({ client, proof, claims }: ClientToken): JWTPayload {
  return { azp: client.clientId, azpacr: proof, ...listClaim("xms_cc", requestedValues(claims, "xms_cc")) };
}

function listClaim(name: string, values: readonly string[]): JWTPayload {
  return values.length === 0 ? {} : { [name]: [...new Set(values)] };
}

function guidFrom(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function sign(world: World, lifetime: number, claims: JWTPayload): Promise<string> {
  const now = seconds(world.clock);
  return signClaims(world, { ...claims, iat: now, nbf: now, exp: now + lifetime });
}

/** Makes a token of these claims, times included. */
export function signClaims(world: World, claims: JWTPayload): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ typ: "JWT", alg: "RS256", kid: world.key.kid })
    .sign(world.key.privateKey);
}
