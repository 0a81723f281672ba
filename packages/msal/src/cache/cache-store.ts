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
  #revision = 0;

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  get foreign(): Foreign {
    return this.#foreign;
  }

  table<T extends CacheEntryType>(type: T): EntryTable<T> {
    return this.#tables[type];
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
    this.#revision += 1;
  }
}
