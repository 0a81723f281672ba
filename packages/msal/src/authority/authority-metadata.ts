import type { Authority } from "./authority.ts";

/** Where an authority's endpoints are, from its OpenID configuration. */
export interface AuthorityMetadata {
  readonly authority: Authority;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly deviceAuthorizationEndpoint?: string | undefined;
  readonly userinfoEndpoint?: string | undefined;
  readonly endSessionEndpoint?: string | undefined;
  readonly jwksUri?: string | undefined;
  /** May have a placeholder for the tenant. */
  readonly issuer?: string | undefined;
  /** The tenant as the authority itself names it: the first path segment of the token endpoint. */
  readonly realm: string;
}
