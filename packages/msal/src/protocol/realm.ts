const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a tenant is named by its id. */
export function isGuid(text: string): boolean {
  return guid.test(text);
}

/** Entra ID's names for many tenants at once: who signs in there tells the tenant. */
const tenantIndependent = /^(?:common|organizations|consumers)$/i;

/** Whether a realm names many tenants. */
export function isTenantIndependent(realm: string): boolean {
  return tenantIndependent.test(realm);
}

/**
 * The tenant that stands for itself, so that nobody need be asked: a GUID, or one of Entra ID's names for many tenants.
 * `undefined` for a domain name, whose GUID only the authority knows.
 */
export function definiteRealm(tenant: string): string | undefined {
  return guid.test(tenant) || isTenantIndependent(tenant) ? tenant.toLowerCase() : undefined;
}

/**
 * The tenant in an endpoint's address: the first segment of its path; `""` when it has none. At dSTS it is the second,
 * after `dstsv2`: the tenants of one host would share their tokens otherwise.
 */
export function realmOf(endpoint: string): string {
  const [first = "", second = ""] = new URL(endpoint).pathname.split("/").filter((part) => part !== "");
  const segment = /^dstsv2$/i.test(first) ? second : first;
  return definiteRealm(segment) ?? (/^adfs$/i.test(segment) ? "adfs" : segment);
}
