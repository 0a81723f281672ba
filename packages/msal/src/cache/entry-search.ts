import { valueOf } from "./entry-index.ts";
import type { EntryTable } from "./entry-table.ts";
import type { CacheEntries, CacheEntryType } from "./schema.ts";
import { holdsScopes } from "./target.ts";

/** What `TokenCache.find` looks for. Default: everything. */
export interface EntrySearch {
  /** Scopes that the entry's target must hold, in any order and case. */
  readonly target?: readonly string[];
  /** Fields that must be equal; null for one that is absent or empty. A field that is undefined is not asked for. */
  readonly query?: Readonly<Record<string, string | null | undefined>>;
}

/** The entries of a section that fit. */
export function search<T extends CacheEntryType>(
  table: EntryTable<T>,
  { target, query }: EntrySearch,
): CacheEntries[T][] {
  const scopes = target ?? [];
  const asked = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  const found: CacheEntries[T][] = [];
  for (const entry of table.candidatesFor(query ?? {}, scopes)) {
    const fits =
      asked.every(([field, value]) => (value ? entry[field] === value : isAbsent(entry[field]))) &&
      (scopes.length === 0 || holdsScopes(valueOf(entry, "target"), scopes));
    if (fits) found.push(entry);
  }
  return found;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
