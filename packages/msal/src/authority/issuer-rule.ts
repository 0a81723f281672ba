import { isGuid } from "../protocol/realm.ts";
import type { Authority, AuthorityKind } from "./authority.ts";
import { cloudOf } from "./clouds.ts";
import { isPolicyPrefix } from "./parse.ts";

/** What an issuer is held against. */
export interface IssuerOwner {
  readonly authority: Authority;
  /** The names of the authority's host. */
  readonly environments: readonly string[];
  /** The tenant as the authority itself names it. */
  readonly realm: string;
}

/** The parts of an issuer. A placeholder for the tenant is `*`. */
export interface Issuer {
  readonly host: string;
  /** Of the path; empty ones are left out. */
  readonly segments: readonly string[];
  /** In the form of an authority's address. */
  readonly address: string;
}

const ciamHost = /^[^.]+\.ciamlogin\.com$/;
const b2cHost = /^([^.]+)\.b2clogin\.(?:com|cn|us|de)$/;

/** Whether tokens of this issuer may come from the authority. */
export function isIssuerOf(issuer: string, owner: IssuerOwner): boolean {
  const found = parseIssuer(issuer);
  return found !== undefined && rules[owner.authority.kind](found, owner);
}

type Rule = (found: Issuer, owner: IssuerOwner) => boolean;

const rules: Readonly<Record<AuthorityKind, Rule>> = {
  entra: (found, owner) =>
    isOfCloud(found, owner) ? isOfTenant(found, owner) : !isPublic(owner) && isTenantAtMicrosoft(found, owner),
  ciam: (found, owner) => (isOfCloud(found, owner) ? isOfTenant(found, owner) : isTenantAtMicrosoft(found, owner)),
  b2c: (found, owner) => (isOfCloud(found, owner) || isB2cHost(found, owner)) && isB2cPath(found, owner),
  adfs: (found, owner) => isOfCloud(found, owner) && /^adfs(?:\/services\/trust)?$/i.test(found.segments.join("/")),
  dsts: isOfCloud,
  // A tenant of Microsoft's behind a domain of its own goes on under the name that Microsoft gives it.
  oidc: (found, owner) => found.address === owner.authority.url || isTenantAtMicrosoft(found, owner),
};

function isOfCloud({ host }: Issuer, { authority, environments }: IssuerOwner): boolean {
  return host === authority.environment || [...environments, ...publicNames(authority)].includes(host);
}

function publicNames({ environment }: Authority): readonly string[] {
  return cloudOf(environment) ?? [];
}

function isPublic({ authority }: IssuerOwner): boolean {
  return cloudOf(authority.environment) !== undefined;
}

/** Where both name the tenant by its id, they name the same. */
function isOfTenant({ segments: [tenant = ""] }: Issuer, owner: IssuerOwner): boolean {
  const own = tenantIdOf(owner);
  return own === undefined || !isGuid(tenant) || tenant.toLowerCase() === own;
}

/** The id says for certain which tenant it is, so the host may be any of Microsoft's. */
function isTenantAtMicrosoft({ host, segments: [tenant = ""] }: Issuer, owner: IssuerOwner): boolean {
  const isMicrosoft = cloudOf(host) !== undefined || ciamHost.test(host);
  return isMicrosoft && isGuid(tenant) && tenant.toLowerCase() === tenantIdOf(owner);
}

function tenantIdOf({ authority, realm }: IssuerOwner): string | undefined {
  // What another provider has in its endpoints' paths is no tenant's id.
  const names = authority.kind === "oidc" ? [authority.tenant] : [realm, authority.tenant];
  return names.find(isGuid)?.toLowerCase();
}

/** Behind a domain of its own, or the general one, a tenant may still be named by its own host. */
function isB2cHost({ host }: Issuer, { authority }: IssuerOwner): boolean {
  const name = b2cHost.exec(host)?.[1];
  if (name === undefined || b2cHost.test(authority.environment)) return false;
  return isGuid(authority.tenant) || authority.tenant.toLowerCase().startsWith(`${name}.`);
}

/** `/{tenant id}/v2.0`, or `/tfp/{tenant id}/{policy}/v2.0`, as the policy wants it. */
function isB2cPath(found: Issuer, owner: IssuerOwner): boolean {
  const [first = "", ...rest] = found.segments;
  if (!isPolicyPrefix(first)) return rest.join("/") === "v2.0" && isOfTenant(found, owner);
  const [tenant = "", policy = "", ...end] = rest;
  const isOurs = policy.toLowerCase() === policyOf(owner.authority);
  return isOurs && end.join("/") === "v2.0" && isOfTenant({ ...found, segments: [tenant] }, owner);
}

/** The policy of a B2C authority, in lower case: the last segment of the address. */
export function policyOf({ url }: Authority): string {
  return url.slice(url.lastIndexOf("/") + 1).toLowerCase();
}

/** `undefined` for what is no address, or one that no issuer may have. */
export function parseIssuer(issuer: string): Issuer | undefined {
  const text = issuer.replaceAll(/\{[^{}]*\}/g, "*");
  if (!URL.canParse(text) || /[?#]/.test(text)) return undefined;
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") return undefined;
  const segments = url.pathname.split("/").filter((segment) => segment !== "");
  return { host: url.hostname, segments, address: [url.origin, ...segments].join("/") };
}
