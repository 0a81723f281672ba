/**
 * Drops entries from the front of a map for as long as they are old. Called whenever one is added, it keeps the map
 * from growing without end: entries stand in the order they were made, and each is dropped once.
 */
export function sweep<Entry>(entries: Map<string, Entry>, isOld: (entry: Entry) => boolean): void {
  for (const [handle, entry] of entries) {
    if (!isOld(entry)) return;
    entries.delete(handle);
  }
}
