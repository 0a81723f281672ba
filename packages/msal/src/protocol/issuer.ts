/**
 * Whether an issuer from metadata can be compared with one in an answer. That of Entra ID's `common`, `organizations`
 * and `consumers` has a placeholder for the tenant, such as `https://login.microsoftonline.com/{tenantid}/v2.0`.
 */
export function isDefiniteIssuer(issuer: string | undefined): issuer is string {
  return issuer !== undefined && issuer !== "" && !/\{[^{}]*\}/.test(issuer);
}
