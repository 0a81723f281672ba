import type { CacheStore } from "./cache-store.ts";

/** Seconds that a partition outlives its last token: clocks differ, and an account may be asked for once more. */
const grace = 300;

/**
 * For how many seconds a partition is worth keeping: as long as its longest-lived token. A refresh token lives on with
 * every use, for `refreshTokenLifetime` seconds from its last one.
 */
export function lifetimeOf(store: CacheStore, now: number, refreshTokenLifetime: number): number {
  let end = now;
  for (const { last_modification_time: used } of store.table("RefreshToken").values()) {
    end = Math.max(end, (Number(used) || now) + refreshTokenLifetime);
  }
  for (const { expires_on: expires } of store.table("AccessToken").values())
    end = Math.max(end, Number(expires) || now);
  return end - now + grace;
}

/** Whether any token of a partition has still time to live. */
export function isAlive(store: CacheStore, now: number, refreshTokenLifetime: number): boolean {
  return lifetimeOf(store, now, refreshTokenLifetime) > grace;
}
