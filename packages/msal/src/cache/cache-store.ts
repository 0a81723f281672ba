import { EntryTable } from "./entry-table.ts";
import type { CacheEntries, CacheEntryType } from "./schema.ts";

type Tables = { readonly [T in CacheEntryType]: EntryTable<T> };

/** What this library cannot read of a state, as JSON text. It is written back as it was. */
export interface Foreign {
  /** Whole sections by name. */
  readonly sections: Map<string, string>;
  /** Entries that are none, by section and key. */
  readonly entries: Readonly<Record<CacheEntryType, Map<string, string>>>;
}

/** All that a cache holds, without rules of its own. */
export class CacheStore {
  #tables: Tables = {
    AccessToken: new EntryTable("AccessToken"),
    RefreshToken: new EntryTable("RefreshToken"),
    IdToken: new EntryTable("IdToken"),
    Account: new EntryTable("Account"),
    AppMetadata: new EntryTable("AppMetadata"),
  };
  #foreign: Foreign = {
    sections: new Map(),
    entries: {
      AccessToken: new Map(),
      RefreshToken: new Map(),
      IdToken: new Map(),
      Account: new Map(),
      AppMetadata: new Map(),
    },
  };
  /** Sections of a state that nobody has asked for yet: most calls need one or two of the five. */
  #unread = new Map<CacheEntryType, () => void>();
  #revision = 0;

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get foreign(): Foreign {
    for (const type of this.#unread.keys()) this.#read(type);
    return this.#foreign;
  }

  table<T extends CacheEntryType>(type: T): EntryTable<T> {
    if (this.#unread.size > 0) this.#read(type);
    return this.#tables[type];
  }

  /** Fills a section when it is asked for first. `read` must not fail. */
  readLater(type: CacheEntryType, read: () => void): void {
    this.#unread.set(type, read);
  }

  /** Takes an entry in, see {@link EntryTable.put}. */
  put<T extends CacheEntryType>(type: T, entry: CacheEntries[T], replaced?: CacheEntries[T]): void {
    const key = this.table(type).put(entry, replaced);
    this.#foreign.entries[type].delete(key);
    this.#revision += 1;
  }

  delete<T extends CacheEntryType>(type: T, entry: CacheEntries[T]): void {
    this.table(type).delete(entry);
    this.#revision += 1;
  }

  /** Lets go of everything and takes over what another store holds. That one must not be used any more. */
  takeOver(other: CacheStore): void {
    this.#tables = other.#tables;
    this.#foreign = other.#foreign;
    this.#unread = other.#unread;
    this.#revision += 1;
  }

  #read(type: CacheEntryType): void {
    const read = this.#unread.get(type);
    this.#unread.delete(type);
    read?.();
  }
}
