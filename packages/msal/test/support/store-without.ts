import type { TokenStore } from "../../src/cache/token-store.ts";

/** The same store, as one that has no such method. */
export function storeWithout(method: "lock" | "list", store: TokenStore): TokenStore {
  return Object.fromEntries(Object.entries(store).filter(([name]) => name !== method)) as unknown as TokenStore;
}
