import { EntryIndex } from "./entry-index.ts";
import type { Fields, Step } from "./entry-index.ts";
import { keyOf } from "./keys.ts";
import type { CacheEntries, CacheEntryType } from "./schema.ts";

/** The fields that entries are found by. App metadata is few, but a cache may serve many clients. */
const indexedFields: Readonly<Record<CacheEntryType, readonly string[]>> = {
  AccessToken: ["home_account_id", "client_id", "realm", "target"],
  RefreshToken: ["home_account_id", "client_id", "environment"],
  IdToken: ["home_account_id", "client_id", "realm"],
  Account: ["home_account_id", "realm"],
  AppMetadata: ["client_id", "environment"],
};

/** Tokens got on behalf of a user are asked for by the user's token; whose it is, nobody knows beforehand. */
const assertionFields = ["user_assertion_hash", "client_id", "realm", "target"];

/** One section of the cache: its entries by key, as the file has them, and an index to find them by their fields. */
export class EntryTable<T extends CacheEntryType> {
  readonly #type: T;
  readonly #byKey = new Map<string, CacheEntries[T]>();
  readonly #index: EntryIndex<CacheEntries[T]>;
  readonly #assertionIndex = new EntryIndex<CacheEntries[T]>(assertionFields, { sparse: true });
  /** Entries that another library wrote under a key of its own. */
  readonly #foreignKeys = new Map<CacheEntries[T], string>();
  #hand: Iterator<CacheEntries[T]> = this.#byKey.values();

  constructor(type: T) {
    this.#type = type;
    this.#index = new EntryIndex(indexedFields[type]);
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** Every key and entry, the one written last at the end. */
  entries(): Iterable<[string, CacheEntries[T]]> {
    return this.#byKey.entries();
  }

  values(): Iterable<CacheEntries[T]> {
    return this.#byKey.values();
  }

  /** Entries that may have these values, see {@link EntryIndex.candidates}. */
  candidates(path: readonly Step[]): Iterable<CacheEntries[T]> {
    return this.#index.candidates(path);
  }

  /** The same for entries got on behalf of a user: hash, client, realm, scopes. */
  candidatesByAssertion(path: readonly Step[]): Iterable<CacheEntries[T]> {
    return this.#assertionIndex.candidates(path);
  }

  /** Entries that may be what a search of the caller's looks for. */
  search(query: Fields, scopes: readonly string[]): Iterable<CacheEntries[T]> {
    if (query["home_account_id"] === undefined && this.#type !== "AppMetadata") return this.values();
    return this.#index.candidates(this.#index.pathTo(query, scopes));
  }

  /** Takes an entry in, in place of the one under that key. It must be frozen and nobody else's. */
  put(key: string, entry: CacheEntries[T]): void {
    this.delete(key);
    this.#byKey.set(key, entry);
    this.#index.add(entry);
    this.#assertionIndex.add(entry);
    if (key !== keyOf(this.#type, entry)) this.#foreignKeys.set(entry, key);
  }

  delete(key: string): boolean {
    const entry = this.#byKey.get(key);
    if (entry === undefined) return false;
    this.#byKey.delete(key);
    this.#index.remove(entry);
    this.#assertionIndex.remove(entry);
    this.#foreignKeys.delete(entry);
    return true;
  }

  get(key: string): CacheEntries[T] | undefined {
    return this.#byKey.get(key);
  }

  /** The key under which an entry, or one with the same identity, stands; `undefined` when there is none. */
  locate(entry: CacheEntries[T]): string | undefined {
    const foreign = this.#foreignKeys.get(entry);
    if (foreign !== undefined) return foreign;
    const key = keyOf(this.#type, entry);
    if (this.#byKey.has(key)) return key;
    return this.#foreignKeys.size === 0 ? undefined : this.#locateForeign(entry, key);
  }

  /** The next entry, round and round: a clock hand over the table. */
  next(): CacheEntries[T] | undefined {
    let turn = this.#hand.next();
    if (turn.done === true) {
      this.#hand = this.#byKey.values();
      turn = this.#hand.next();
    }
    return turn.done === true ? undefined : turn.value;
  }

  #locateForeign(entry: CacheEntries[T], key: string): string | undefined {
    const path = this.#index.pathTo(entry);
    for (const candidate of this.#index.candidates(path)) {
      if (keyOf(this.#type, candidate) === key) return this.#foreignKeys.get(candidate);
    }
    return undefined;
  }
}
