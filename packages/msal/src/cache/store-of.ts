import type { CacheStore } from "./cache-store.ts";

const stores = new WeakMap<object, CacheStore>();

/** Remembers what a cache holds its entries in. It stays the same as long as the cache lives. */
export function setStore(cache: object, store: CacheStore): void {
  stores.set(cache, store);
}

/** What a cache holds its entries in: for this library's own subclasses, and hidden from everybody else's. */
export function storeOf(cache: object): CacheStore {
  const store = stores.get(cache);
  if (store === undefined) throw new TypeError("not a token cache of this library");
  return store;
}
