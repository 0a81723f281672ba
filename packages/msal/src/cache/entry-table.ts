import { EntryIndex, valueOf } from "./entry-index.ts";
import type { Fields, Step } from "./entry-index.ts";
import { keyOf } from "./keys.ts";
import type { CacheEntries, CacheEntryType } from "./schema.ts";
import { scopesOf } from "./target.ts";

/** The fields that entries are found by, the most telling one first. */
const indexedFields: Readonly<Record<CacheEntryType, readonly string[]>> = {
  AccessToken: ["home_account_id", "client_id", "realm", "target"],
  RefreshToken: ["home_account_id", "client_id", "environment"],
  IdToken: ["home_account_id", "client_id", "realm"],
  Account: ["home_account_id", "realm"],
  AppMetadata: ["client_id", "environment"],
};

/** Tokens got on behalf of a user are asked for by the user's token; whose they are, nobody knows beforehand. */
const assertionFields = ["user_assertion_hash", "client_id", "realm", "target"];

/** One section of the cache: its entries by key, as the file has them, and indexes to find them by their fields. */
export class EntryTable<T extends CacheEntryType> {
  readonly #type: T;
  readonly #byKey = new Map<string, CacheEntries[T]>();
  readonly #index: EntryIndex<CacheEntries[T]>;
  readonly #assertionIndex = new EntryIndex<CacheEntries[T]>(assertionFields, { sparse: true });
  /** Entries that another library wrote under a key of its own. */
  readonly #foreignKeys = new Map<CacheEntries[T], string>();
  /** The indexes of a state that was read are made when they are needed: who only hands it on needs none. */
  #isIndexed = false;
  #hand: Iterator<CacheEntries[T]> = this.#byKey.values();

  constructor(type: T) {
    this.#type = type;
    this.#index = new EntryIndex(indexedFields[type]);
  }

  /** How many entries there are. */
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

  /** Entries that may have these values of the section's indexed fields, see {@link EntryIndex.candidates}. */
  candidates(path: readonly Step[]): Iterable<CacheEntries[T]> {
    this.#ensureIndexes();
    return this.#index.candidates(path);
  }

  /** The same for entries got on behalf of a user: hash, client, realm, scopes. */
  candidatesByAssertion(path: readonly Step[]): Iterable<CacheEntries[T]> {
    this.#ensureIndexes();
    return this.#assertionIndex.candidates(path);
  }

  /** Entries that may fit a query of any fields: by an index where it names the first field of one, else all. */
  candidatesFor(query: Fields, scopes: readonly string[]): Iterable<CacheEntries[T]> {
    this.#ensureIndexes();
    for (const index of [this.#index, this.#assertionIndex]) {
      const path = index.pathTo(query, scopes);
      if (path[0] !== undefined) return index.candidates(path);
    }
    return this.values();
  }

  /** The entry held that has the same identity as the given one. */
  twinOf(entry: CacheEntries[T]): CacheEntries[T] | undefined {
    this.#ensureIndexes();
    if (this.#foreignKeys.has(entry)) return entry;
    const key = keyOf(this.#type, entry);
    const held = this.#byKey.get(key);
    // Another library may have put under this key what this one holds apart.
    return held !== undefined && !this.#foreignKeys.has(held) ? held : this.#foreignTwinOf(entry, key);
  }

  /**
   * Takes an entry in, in the place of another that is held or under its own key. It must be frozen and nobody else's.
   * Another library's key stays what it is; ours follows the fields that it is made of.
   */
  put(entry: CacheEntries[T], replaced?: CacheEntries[T]): string {
    this.#ensureIndexes();
    const ownKey = keyOf(this.#type, entry);
    const key = (replaced && this.#foreignKeys.get(replaced)) ?? ownKey;
    if (replaced !== undefined) this.delete(replaced);
    this.#place(key, entry, key !== ownKey);
    return key;
  }

  /** Takes an entry in under the key that it has in a file, before anything else is done. */
  load(key: string, entry: CacheEntries[T]): void {
    this.#byKey.set(key, entry);
  }

  /** Lets go of an entry that is held. */
  delete(entry: CacheEntries[T]): void {
    this.#ensureIndexes();
    this.#byKey.delete(this.#foreignKeys.get(entry) ?? keyOf(this.#type, entry));
    this.#unlink(entry);
  }

  /** The next entry, round and round: a clock hand over the section. */
  next(): CacheEntries[T] | undefined {
    let turn = this.#hand.next();
    if (turn.done === true) {
      this.#hand = this.#byKey.values();
      turn = this.#hand.next();
    }
    return turn.done === true ? undefined : turn.value;
  }

  #ensureIndexes(): void {
    if (this.#isIndexed) return;
    this.#isIndexed = true;
    for (const [key, entry] of this.#byKey) {
      this.#link(entry);
      if (key !== keyOf(this.#type, entry)) this.#foreignKeys.set(entry, key);
    }
  }

  #place(key: string, entry: CacheEntries[T], isForeign: boolean): void {
    const former = this.#byKey.get(key);
    const isFormerForeign = former !== undefined && this.#foreignKeys.has(former);
    if (former !== undefined) {
      this.#unlink(former);
      // So that the one written last stands last.
      this.#byKey.delete(key);
    }
    this.#byKey.set(key, entry);
    this.#link(entry);
    if (isForeign) this.#foreignKeys.set(entry, key);
    else if (isFormerForeign) this.#sendHome(former);
  }

  /** Gives an entry that has lost another library's key its own, unless that is taken by a newer one. */
  #sendHome(entry: CacheEntries[T]): void {
    const key = keyOf(this.#type, entry);
    if (!this.#byKey.has(key)) this.#place(key, entry, false);
  }

  #link(entry: CacheEntries[T]): void {
    this.#index.add(entry);
    this.#assertionIndex.add(entry);
  }

  #unlink(entry: CacheEntries[T]): void {
    this.#index.remove(entry);
    this.#assertionIndex.remove(entry);
    this.#foreignKeys.delete(entry);
  }

  #foreignTwinOf(entry: CacheEntries[T], key: string): CacheEntries[T] | undefined {
    if (this.#foreignKeys.size === 0) return undefined;
    const path = this.#index.pathTo(entry, scopesOf(valueOf(entry, "target")));
    for (const candidate of this.#index.candidates(path)) {
      if (this.#foreignKeys.has(candidate) && keyOf(this.#type, candidate) === key) return candidate;
    }
    return undefined;
  }
}
