import { isRecord } from "../is-record.ts";

/** An entry of a serialized cache, whatever its section. */
export type Entry = Readonly<Record<string, unknown>>;

/** The sections of a serialized cache that hold entries. */
export type State = Readonly<Record<string, Readonly<Record<string, Entry>>>>;

/** A serialized cache, section by section. What is no section of entries is left out. */
export function readState(state: string): State {
  const sections: unknown = JSON.parse(state);
  if (!isRecord(sections)) throw new Error("The state is no JSON object.");
  return Object.fromEntries(
    Object.entries(sections).map(([name, section]) => [name, isRecord(section) ? entriesOf(section) : {}]),
  );
}

/** All entries with their keys, whatever their section. */
export function allEntries(state: string): (readonly [key: string, entry: Entry])[] {
  return Object.values(readState(state)).flatMap((section) => Object.entries(section));
}

/** A state with each entry changed, or as it is. */
export function mapEntries(state: string, change: (entry: Entry, section: string) => Entry): string {
  const sections = Object.entries(readState(state)).map(([name, section]) => [
    name,
    Object.fromEntries(Object.entries(section).map(([key, entry]) => [key, change(entry, name)])),
  ]);
  return JSON.stringify(Object.fromEntries(sections));
}

function entriesOf(section: Readonly<Record<string, unknown>>): Record<string, Entry> {
  return Object.fromEntries(Object.entries(section).flatMap(([key, entry]) => (isRecord(entry) ? [[key, entry]] : [])));
}
