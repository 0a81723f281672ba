/**
 * What issues the tokens, told by the shape of its address. `entra` is Microsoft Entra ID in any cloud, `ciam` Entra
 * External ID, `oidc` any other OpenID Connect provider.
 */
export type AuthorityKind = "entra" | "adfs" | "b2c" | "ciam" | "dsts" | "oidc";

/** The parts of an authority's address, checked and in one form. */
export interface Authority {
  readonly kind: AuthorityKind;
  /** The address without a slash at its end; the host in lower case, the port as given. */
  readonly url: string;
  /** With the port, where one was given. */
  readonly host: string;
  /** The host without the port: what the cache files tokens under. */
  readonly environment: string;
  /**
   * The first segment of the path, or the one after `tfp` or `dstsv2`; `""` where the address of an OpenID Connect
   * provider has none.
   */
  readonly tenant: string;
  /** The tenant that tokens are filed under, where the address tells it; else the authority has to be asked. */
  readonly realm: string | undefined;
}
