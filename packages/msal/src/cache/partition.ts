import { hex, sha256 } from "../protocol/digest.ts";

/** Whose tokens are asked for or were got: what decides the partition that they are kept in. */
export type TokenOwner =
  | { readonly homeAccountId: string }
  | { readonly userAssertionHash: string }
  | { readonly clientId: string; readonly tenant: string };

/** The one partition of a store that keeps everything in one place. */
export const SINGLE_PARTITION = "all";

const users = "user:";

/**
 * The name of the partition of an owner's tokens.
 *
 * A user's is shared by all applications, so that those of a family find each other's refresh tokens there. An
 * application's own tokens are kept by tenant, which its partition then does not grow with.
 */
export function partitionOf(owner: TokenOwner): string {
  if ("homeAccountId" in owner) return `${users}${owner.homeAccountId.toLowerCase()}`;
  if ("userAssertionHash" in owner) return `assertion:${owner.userAssertionHash}`;
  return `app:${owner.clientId.toLowerCase()}:${owner.tenant.toLowerCase()}`;
}

/** Whether a partition is that of a user. */
export function isPartitionOfUser(name: string): boolean {
  return name.startsWith(users);
}

/**
 * What one renewal at a time is made for: all that a user has, since whoever renews spends the refresh token that the
 * others would; of anybody else, who has none, the scopes.
 */
export function renewalOf(owner: TokenOwner, scopes: readonly string[]): string {
  const partition = partitionOf(owner);
  return "homeAccountId" in owner ? partition : `${partition}:${scopes.join(" ").toLowerCase()}`;
}

/** The name of a store's lock for such renewals. It may become the name of a file, which must not be long. */
export async function lockOf(owner: TokenOwner, scopes: readonly string[]): Promise<string> {
  const partition = partitionOf(owner);
  if ("homeAccountId" in owner) return partition;
  return `${partition}:${hex(await sha256(renewalOf(owner, scopes))).slice(0, 16)}`;
}
