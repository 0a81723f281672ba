import type { RefreshTokenEntry } from "../cache/schema.ts";
import type { TokenCache } from "../cache/token-cache.ts";

/** Where refresh tokens are looked for, and whose. */
export interface RefreshPlace {
  readonly environment: string;
  readonly homeAccountId: string;
}

/** The family of applications whose refresh tokens an application may use at one host. */
export interface Family {
  /** Absent: the application is in none. */
  readonly id?: string | undefined;
  /** The cache does not know the application there: it may be in the family or not. */
  readonly isGuessed: boolean;
}

/** The family that Microsoft's own apps belong to; an app that does not know its family tries this one. */
const firstFamily = "1";

/** What the cache says of the application's family. */
export function familyAt(cache: TokenCache, clientId: string, environment: string): Family {
  const metadata = cache.findAppMetadata({ environments: [environment], clientId });
  if (metadata === undefined) return { id: firstFamily, isGuessed: true };
  return { id: metadata.family_id || undefined, isGuessed: false };
}

/** The family's refresh tokens, newest first: a family's token is the fresher one, for any member renews it. */
export function familyTokens(
  cache: TokenCache,
  { environment, homeAccountId }: RefreshPlace,
  { id }: Family,
): readonly RefreshTokenEntry[] {
  if (id === undefined) return [];
  return cache.findRefreshTokens({ environments: [environment], homeAccountId, familyId: id });
}

/** The application's own refresh tokens, newest first. They may be among the family's. */
export function ownTokens(
  cache: TokenCache,
  clientId: string,
  { environment, homeAccountId }: RefreshPlace,
): readonly RefreshTokenEntry[] {
  return cache.findRefreshTokens({ environments: [environment], homeAccountId, clientId });
}
