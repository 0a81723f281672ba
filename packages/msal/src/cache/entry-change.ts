import type { Fields } from "./entry-index.ts";
import type { CacheEntryType } from "./schema.ts";

/** New values for an entry's fields; undefined takes a field away. */
export type EntryChanges = Readonly<Record<string, unknown>>;

/**
 * The entry with its changes: a frozen object of which nobody else holds any part.
 *
 * Not spread: V8 gives a spread object that is frozen a hidden class of its own, at four times the memory.
 */
export function changed(entry: Fields, changes: EntryChanges): Fields {
  const isPlain = hasPlainTexts(entry) && hasPlainTexts(changes);
  return Object.freeze(isPlain ? Object.assign({}, entry, changes) : rebuilt(entry, changes));
}

function hasPlainTexts(fields: Fields): boolean {
  for (const field of Object.keys(fields)) {
    const value = fields[field];
    // An assignment to this name would set the prototype.
    if (field === "__proto__" || (typeof value !== "string" && value !== null)) return false;
  }
  return true;
}

/** Without the fields taken away, and with copies of what lies deeper, such as another library's lists. */
function rebuilt(entry: Fields, changes: EntryChanges): Fields {
  const fields = Object.entries({ ...entry, ...changes });
  return structuredClone(Object.fromEntries(fields.filter(([, value]) => value !== undefined)));
}

/**
 * The changes that make what is held say what an answer said: a token is replaced whole, an account or a client is
 * amended. `undefined` when it says so already.
 */
export function changesTo(type: CacheEntryType, held: Fields | undefined, entry: Fields): EntryChanges | undefined {
  if (held === undefined) return entry;
  if (type !== "Account" && type !== "AppMetadata") return { ...fieldsTakenAway(held), ...entry };
  const changes = Object.entries(entry).filter(([field, value]) => tellsSomething(value) && value !== held[field]);
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

function fieldsTakenAway(held: Fields): EntryChanges {
  return Object.fromEntries(Object.keys(held).map((field) => [field, undefined]));
}

/** An answer without an id token does not know the user's name; what an earlier one told stays. */
function tellsSomething(value: unknown): boolean {
  return value !== null && value !== "";
}
