import { isSafeAddress } from "../protocol/safe-address.ts";
import { TRUST_13, TRUST_2005, TRUST_VERSIONS, type TrustVersion } from "./trust-version.ts";

/** Where an identity provider takes a name and a password, and in which words. */
export interface PasswordEndpoint {
  readonly url: string;
  readonly version: TrustVersion;
}

/** The best of those offered: WS-Trust 1.3 before 2005, and of equals the first. */
export function bestEndpoint(offered: readonly PasswordEndpoint[]): PasswordEndpoint | undefined {
  return TRUST_VERSIONS.flatMap((version) => offered.filter((each) => each.version === version))[0];
}

/**
 * The endpoint at an address that comes without a description. Its path tells the version, as ADFS builds it:
 * `/adfs/services/trust/13/usernamemixed`.
 */
export function endpointAt(url: string | undefined): PasswordEndpoint | undefined {
  if (url === undefined || !isSafeAddress(url)) return undefined;
  return { url, version: /\/trust\/13\//i.test(new URL(url).pathname) ? TRUST_13 : TRUST_2005 };
}
