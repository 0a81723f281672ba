import type { Tenant, TenantReference } from "./directory.ts";
import type { Place } from "./place.ts";

/** The issuer of a tenant's id tokens, as each kind of server names itself. */
export function issuerOf({ flavour, origin, path, policy }: Place, { id }: Tenant): string {
  switch (flavour) {
    case "adfs":
      return `${origin}/adfs`;
    case "b2c":
      return path.toLowerCase().startsWith("/tfp/") ? `${origin}/tfp/${id}/${policy}/v2.0/` : `${origin}/${id}/v2.0/`;
    case "ciam": {
      const { protocol, port } = new URL(origin);
      return `${protocol}//${id}.ciamlogin.com${port === "" ? "" : `:${port}`}/${id}/v2.0`;
    }
    case "dsts":
      return `${origin}/dstsv2/${id}`;
    case "entra":
      return `${origin}/${id}/v2.0`;
  }
}

/** That of access tokens: ADFS has another one for them. */
export function accessTokenIssuerOf(place: Place, tenant: Tenant): string {
  if (place.flavour !== "adfs") return issuerOf(place, tenant);
  return `${place.origin.replace(/^https:/, "http:")}/adfs/services/trust`;
}

/** Where the endpoints are, with the tenant as the server itself names it. */
export function baseOf({ flavour, origin, path }: Place, { tenant, segment }: TenantReference): string {
  const name = tenant?.id ?? segment;
  switch (flavour) {
    case "adfs":
      return `${origin}/adfs`;
    case "b2c":
      return `${origin}${path.toLowerCase()}`;
    case "dsts":
      return `${origin}/dstsv2/${name}`;
    case "ciam":
    case "entra":
      return `${origin}/${name}`;
  }
}
