import type { TrustVersion } from "./trust-version.ts";

/** An organisation that keeps its passwords itself, as the caller describes it. */
export interface FederationConfig {
  /** Users with a name in this domain are federated, such as `federated.contoso.com`. */
  readonly domain: string;
  /** The versions of WS-Trust that its identity provider speaks. Default: both. */
  readonly versions?: readonly TrustVersion[];
  /** The version of SAML that its assertions are written in. Default: 1.1, as with ADFS. */
  readonly saml?: SamlVersion;
}

/** A version of SAML. */
export type SamlVersion = "1.1" | "2.0";

/** A federation of the running emulator. */
export type Federation = Required<FederationConfig>;

/** Whom assertions for Entra ID are made out to. */
export const cloudAudience = "urn:federation:MicrosoftOnline";

/** Where the identity provider of a federated domain is. */
export function federationUrl(origin: string, domain: string): string {
  return `${origin}/federation/${domain}/adfs/services/trust`;
}
