/** A placeholder for the tenant. */
const placeholder = /\{[^{}]*\}/g;

/**
 * Whether an issuer from metadata can be compared with one in an answer. That of Entra ID's `common`, `organizations`
 * and `consumers` has a placeholder for the tenant, such as `https://login.microsoftonline.com/{tenantid}/v2.0`.
 */
export function isDefiniteIssuer(issuer: string | undefined): issuer is string {
  return issuer !== undefined && issuer !== "" && issuer.search(placeholder) < 0;
}

/**
 * The issuer of one tenant's tokens: the one in metadata, the tenant in the place of the placeholder. `undefined` where
 * that needs a tenant and there is none.
 */
export function issuerFor(tenant: string | undefined, issuer: string): string | undefined {
  const named = issuer.replaceAll(placeholder, (found) => tenant ?? found);
  return isDefiniteIssuer(named) ? named : undefined;
}
