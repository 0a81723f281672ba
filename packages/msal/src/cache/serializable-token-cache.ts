import { CacheStore } from "./cache-store.ts";
import { readState, writeState } from "./serialized-state.ts";
import { storeOf } from "./store-of.ts";
import { TokenCache } from "./token-cache.ts";

/**
 * A token cache whose content can be kept elsewhere, as a string that the MSAL libraries of other languages read too.
 *
 * The string holds tokens: encrypt it at rest, or at least let nobody else read it.
 *
 * @example
 *
 * ```ts
 * import { SerializableTokenCache } from "msal-ts";
 *
 * export function load(session: { tokens?: string }): SerializableTokenCache {
 *   const cache = new SerializableTokenCache();
 *   cache.deserialize(session.tokens);
 *   return cache;
 * }
 *
 * export function save(session: { tokens?: string }, cache: SerializableTokenCache): void {
 *   if (cache.hasStateChanged) session.tokens = cache.serialize();
 * }
 * ```
 */
export class SerializableTokenCache extends TokenCache {
  #savedRevision = 0;

  /** True after any change since the last `serialize` or `deserialize`. */
  get hasStateChanged(): boolean {
    return storeOf(this).revision !== this.#savedRevision;
  }

  /** All that the cache holds, tokens included, as JSON. */
  serialize(): string {
    const store = storeOf(this);
    const state = writeState(store);
    this.#savedRevision = store.revision;
    return state;
  }

  /**
   * Puts what `serialize`, or another MSAL library, wrote in the place of all that the cache holds. `undefined` and the
   * empty string empty it.
   *
   * @throws {@link MsalError} `invalid_cache` when the state is no token cache; then the cache stays as it was.
   */
  deserialize(state: string | undefined): void {
    const read = state === undefined || state === "" ? new CacheStore() : readState(state);
    const store = storeOf(this);
    store.takeOver(read);
    this.#savedRevision = store.revision;
  }
}
