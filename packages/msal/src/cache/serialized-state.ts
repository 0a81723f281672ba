import { MsalError } from "../error/msal-error.ts";
import { isTooDeep } from "../protocol/json-depth.ts";
import { CacheStore } from "./cache-store.ts";
import { isEntry, isObject } from "./entry-shape.ts";
import type { EntryTable } from "./entry-table.ts";
import { CACHE_ENTRY_TYPES } from "./schema.ts";
import type { CacheEntryType } from "./schema.ts";
import { StringPool } from "./string-pool.ts";

/** What most entries of a file repeat. */
const repeatedFields = ["environment", "client_id", "realm", "target", "credential_type"] as const;

/** Writes all that a cache holds as JSON in the shared schema. */
export function writeState(store: CacheStore): string {
  const sections = CACHE_ENTRY_TYPES.map(
    (type) => `${JSON.stringify(type)}:{${sectionMembers(store, type).join(",")}}`,
  );
  for (const [name, text] of store.foreign.sections) sections.push(`${JSON.stringify(name)}:${text}`);
  return `{${sections.join(",")}}`;
}

function sectionMembers(store: CacheStore, type: CacheEntryType): string[] {
  const members: string[] = [];
  const bound: string[] = [];
  for (const [key, entry] of store.table(type).entries()) {
    (entry["key_id"] ? bound : members).push(`${JSON.stringify(key)}:${JSON.stringify(entry)}`);
  }
  // MSAL Python takes the first token that fits, and does not see that it is bound. Spread, many would not fit the stack.
  for (const member of bound) members.push(member);
  for (const [key, text] of store.foreign.entries[type]) members.push(`${JSON.stringify(key)}:${text}`);
  return members;
}

/**
 * Reads what {@link writeState} or another MSAL library wrote.
 *
 * @throws {@link MsalError} `invalid_cache` when it is no such thing. Nothing of the state is in the error: it holds
 *   tokens.
 */
export function readState(state: string): CacheStore {
  const store = new CacheStore();
  const shared: SharedStrings = { repeated: new StringPool(), owners: new Map() };
  const { foreign } = store;
  const sections = parse(state);
  for (const [name, section] of Object.entries(sections)) {
    if (!Object.hasOwn(foreign.entries, name)) foreign.sections.set(name, textOf(section));
  }
  for (const type of CACHE_ENTRY_TYPES) {
    const section = Object.hasOwn(sections, type) ? checkSection(type, sections[type]) : {};
    const place = { table: store.table(type), foreign: foreign.entries[type] };
    store.readLater(type, () => readSection(place, type, section, shared));
  }
  return store;
}

function parse(state: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(state);
  } catch {
    // The parser's own message quotes the text.
    throw corrupt("is not JSON");
  }
  if (!isObject(value)) throw corrupt("is not a JSON object");
  return value;
}

/** Whatever is wrong with a section shows here, so that nothing is left to fail when it is read. */
function checkSection(type: CacheEntryType, section: unknown): Readonly<Record<string, unknown>> {
  if (section === null) return {};
  if (!isObject(section)) throw corrupt(`has a section ${type} that is not a JSON object`);
  for (const key of Object.keys(section)) checkDepth(section[key]);
  return section;
}

/** What lies deeper than texts is another library's, and must be written back whole. */
function checkDepth(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const member of Object.values(value)) {
    if (typeof member === "object" && isTooDeep(member)) throw corrupt("is nested too deep");
  }
}

/** Where a section goes: its entries, and the text of what is none. */
interface Place<T extends CacheEntryType> {
  readonly table: EntryTable<T>;
  readonly foreign: Map<string, string>;
}

function readSection<T extends CacheEntryType>(
  { table, foreign }: Place<T>,
  type: T,
  section: Readonly<Record<string, unknown>>,
  shared: SharedStrings,
): void {
  for (const key of Object.keys(section)) {
    const value = section[key];
    if (isEntry(type, value)) {
      shareStrings(value, shared);
      Object.freeze(value);
      table.load(key, value);
    } else {
      foreign.set(key, JSON.stringify(value));
    }
  }
}

/** The parser makes every string anew; these give equal ones one place. */
interface SharedStrings {
  readonly repeated: StringPool;
  /** A user's home account id stands in every section, and there is one for each. */
  readonly owners: Map<string, string>;
}

/** The entry is fresh and still nobody's, and a copy of each would double the time of reading. */
function shareStrings(entry: Record<string, unknown>, { repeated, owners }: SharedStrings): void {
  for (const field of repeatedFields) {
    const value = entry[field];
    // oxlint-disable-next-line no-param-reassign -- see above
    if (typeof value === "string") entry[field] = repeated.share(value);
  }
  const { home_account_id: owner } = entry;
  if (typeof owner !== "string") return;
  const known = owners.get(owner);
  if (known === undefined) owners.set(owner, owner);
  // oxlint-disable-next-line no-param-reassign -- see above
  else entry["home_account_id"] = known;
}

function textOf(value: unknown): string {
  if (isTooDeep(value)) throw corrupt("is nested too deep");
  return JSON.stringify(value);
}

function corrupt(fault: string): MsalError {
  return new MsalError("invalid_cache", `The state ${fault}, so it is not a token cache. The cache is as it was.`);
}
