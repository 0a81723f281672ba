const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const tenantless = /^(?:common|organizations|consumers)$/i;

/**
 * The tenant that stands for itself, so that nobody need be asked: a GUID, or one of Entra ID's names for many tenants.
 * `undefined` for a domain name, whose GUID only the authority knows.
 */
export function definiteRealm(tenant: string): string | undefined {
  return guid.test(tenant) || tenantless.test(tenant) ? tenant.toLowerCase() : undefined;
}

/** The tenant in an endpoint's address: the first segment of its path; `""` when it has none. */
export function realmOf(endpoint: string): string {
  const segment = new URL(endpoint).pathname.split("/").find((part) => part !== "") ?? "";
  return definiteRealm(segment) ?? segment;
}
