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
