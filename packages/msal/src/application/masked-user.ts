import { definiteRealm } from "../protocol/realm.ts";

/** The first block of a GUID. */
const firstBlock = /^[0-9a-f]{8}(?=-[0-9a-f]{4}-)/i;

/**
 * A home account id that may be shown: enough to tell the users of one application apart, too little to look one up.
 *
 * Of an object id at Entra ID the first block stays, and its home tenant, which is no person. At other providers the id
 * may be anything, an e-mail address even: nothing of it stays.
 */
export function maskUser(homeAccountId: string): string {
  const [user = "", ...rest] = homeAccountId.split(".");
  return [`${firstBlock.exec(user)?.[0] ?? ""}…`, ...rest.map(maskTenant)].join(".");
}

/** The tenant's part of a home account id: shown where it is one. */
export function maskTenant(tenant: string): string {
  return definiteRealm(tenant) === undefined ? "…" : tenant;
}
