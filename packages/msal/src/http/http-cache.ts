/** An answer that is kept. Plain JSON, so that it can be saved. */
export interface HttpCacheEntry {
  readonly status: number;
  /** A public document, or a refusal without secrets and names. Never a token. */
  readonly body: string;
  /** When it ends, in epoch seconds. */
  readonly expires_on: number;
}

/**
 * Where an application keeps answers of the identity provider: public documents for a day, refusals for as long as the
 * same question need not be asked again. A `Map` is one; so is anything with these four methods of it.
 *
 * Contract: the methods answer at once, not by a promise. The cache is the library's alone, but applications may share
 * one; it is kept to 1,024 entries. What `get` returns may come from an earlier run, or from anywhere: what is no entry
 * is ignored and dropped. A method that throws ends no call; it is a line in the log.
 */
export interface HttpCache {
  /** The value under the key, `undefined` when there is none. */
  get(key: string): unknown;
  /** Puts the entry under the key, in the place of what is there. What it returns does not matter. */
  set(key: string, entry: HttpCacheEntry): unknown;
  /** Lets go of what is under the key, if there is anything. What it returns does not matter. */
  delete(key: string): unknown;
  /** All keys, in any order. */
  keys(): Iterable<string>;
}
