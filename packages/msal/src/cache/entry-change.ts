import type { Fields } from "./entry-index.ts";
import type { CacheEntries, CacheEntryType } from "./schema.ts";

/** New values for an entry's fields; undefined takes a field away. */
export type EntryChanges = Readonly<Record<string, unknown>>;

/** The entry with its changes: a frozen object of which nobody else holds any part. */
export function changed(entry: Fields, changes: EntryChanges): Fields {
  const next = { ...entry, ...changes };
  const isFlat = Object.values(next).every((value) => typeof value === "string" || value === null);
  return Object.freeze(isFlat ? next : detached(next));
}

/** Without absent fields, and with copies of what lies deeper, such as another library's lists. */
function detached(entry: Fields): Fields {
  return structuredClone(Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)));
}

/** The changes that turn what is stored into what an answer said. A token is replaced whole, other entries are amended. */
export function changesTo<T extends CacheEntryType>(
  type: T,
  stored: CacheEntries[T] | undefined,
  entry: CacheEntries[T],
): EntryChanges {
  if (stored === undefined) return entry;
  if (type === "Account") return withoutEmpty(entry);
  if (type === "AppMetadata") return entry;
  return { ...Object.fromEntries(Object.keys(stored).map((field) => [field, undefined])), ...entry };
}

/** An answer without an id token does not know the user's name; what an earlier one told stays. */
function withoutEmpty(entry: object): EntryChanges {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null && value !== ""));
}
