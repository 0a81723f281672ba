import { scopesOf } from "./target.ts";

/** Anything with fields to be found by. It must not change while it is in an index. */
export type Fields = Readonly<Record<string, unknown>>;

/** What is asked of one level: this value, one of these values, or whatever there is. */
export type Step = string | readonly string[] | undefined;

/** More entries than this in one place are split by the next field; fewer are looked through faster. */
const crowd = 8;

/** Entries that share the values of all levels above. A lone one has no container: most are alone, and memory counts. */
type Bag<E> = E | Few<E> | Branch<E>;
type Few<E> = readonly E[] | Set<E>;
type Branch<E> = Map<string, Bag<E>>;

const isBranch = <E>(bag: Bag<E>): bag is Branch<E> => bag instanceof Map;
const isFew = <E>(bag: Bag<E>): bag is Few<E> => Array.isArray(bag) || bag instanceof Set;

/**
 * Finds entries by the values of some fields, in a time that does not grow with their number.
 *
 * It is a tree with one level a field. A level exists only below a place where entries crowd, so that a cache of many
 * users is split by user and no further, and one of many applications' tokens by scope.
 */
export class EntryIndex<E extends Fields> {
  readonly #fields: readonly string[];
  readonly #sparse: boolean;
  #root: Bag<E> | undefined;

  /** `fields`: the most telling one first. `sparse`: entries without a value for that one are left out. */
  constructor(fields: readonly string[], { sparse = false }: { sparse?: boolean } = {}) {
    this.#fields = fields;
    this.#sparse = sparse;
  }

  add(entry: E): void {
    if (this.#sparse && valueOf(entry, this.#fields[0] ?? "") === "") return;
    this.#root = this.#insert(this.#root, entry, 0);
  }

  remove(entry: E): void {
    if (this.#root !== undefined) this.#root = this.#without(this.#root, entry, 0);
  }

  /** What to ask for to find entries like this one: of absent fields nothing is asked. */
  pathTo(query: Fields, scopes?: readonly string[]): Step[] {
    return this.#fields.map((field) => {
      if (field === "target") return scopes?.length ? scopes : undefined;
      return query[field] === undefined ? undefined : valueOf(query, field);
    });
  }

  /**
   * The entries that may answer: all that have the values of the path are among them, others may be too, so the caller
   * still compares. The oldest comes first. Of several values for one level the rarest decides. Scopes may be in any
   * case.
   */
  candidates(path: readonly Step[]): Iterable<E> {
    let bag = this.#root;
    for (let depth = 0; depth < path.length && bag !== undefined && isBranch(bag); depth += 1) {
      const step = path[depth];
      if (step === undefined) break;
      const find = this.#fields[depth] === "target" ? bagOfScope<E> : bagOf<E>;
      bag = typeof step === "string" ? find(bag, step) : rarest(bag, step, find);
    }
    if (bag === undefined) return [];
    if (isBranch(bag)) return new Set(leaves(bag));
    return isFew(bag) ? bag : [bag];
  }

  #insert(bag: Bag<E> | undefined, entry: E, depth: number): Bag<E> {
    if (bag === undefined) return entry;
    if (isBranch(bag)) return this.#branchOut(bag, entry, depth);
    if (bag instanceof Set) return bag.add(entry);
    const entries = isFew(bag) ? [...bag, entry] : [bag, entry];
    if (entries.length <= crowd) return entries;
    if (depth === this.#fields.length) return new Set(entries);
    const branch: Branch<E> = new Map();
    for (const each of entries) this.#branchOut(branch, each, depth);
    return branch;
  }

  #branchOut(branch: Branch<E>, entry: E, depth: number): Branch<E> {
    for (const value of this.#valuesAt(depth, entry)) {
      const child = branch.get(value);
      const grown = this.#insert(child, entry, depth + 1);
      if (grown !== child) branch.set(value, grown);
    }
    return branch;
  }

  #without(bag: Bag<E>, entry: E, depth: number): Bag<E> | undefined {
    if (isBranch(bag)) return this.#prune(bag, entry, depth);
    if (!isFew(bag)) return bag === entry ? undefined : bag;
    if (bag instanceof Set) {
      bag.delete(entry);
      return bag.size === 0 ? undefined : bag;
    }
    const rest = bag.filter((each) => each !== entry);
    return rest.length > 1 ? rest : rest[0];
  }

  #prune(branch: Branch<E>, entry: E, depth: number): Branch<E> | undefined {
    for (const value of this.#valuesAt(depth, entry)) {
      const child = branch.get(value);
      const rest = child === undefined ? undefined : this.#without(child, entry, depth + 1);
      if (rest === undefined) branch.delete(value);
      else if (rest !== child) branch.set(value, rest);
    }
    return branch.size === 0 ? undefined : branch;
  }

  #valuesAt(depth: number, entry: E): Iterable<string> {
    const field = this.#fields[depth] ?? "";
    return field === "target" ? new Set(scopesOf(valueOf(entry, field))) : [valueOf(entry, field)];
  }
}

/** Absent, null and empty are one: the MSAL libraries write an application's own home account in each of these ways. */
export function valueOf(entry: Fields, field: string): string {
  const value = entry[field];
  return typeof value === "string" ? value : "";
}

function bagOf<E>(branch: Branch<E>, value: string): Bag<E> | undefined {
  return branch.get(value);
}

/** Mostly a scope is asked for as it is held. */
function bagOfScope<E>(branch: Branch<E>, scope: string): Bag<E> | undefined {
  return branch.get(scope) ?? branch.get(scope.toLowerCase());
}

function rarest<E>(branch: Branch<E>, values: readonly string[], find: typeof bagOf<E>): Bag<E> | undefined {
  let smallest: Bag<E> | undefined;
  for (const value of values) {
    const bag = find(branch, value);
    if (bag === undefined) return undefined;
    if (smallest === undefined || sizeOf(bag) < sizeOf(smallest)) smallest = bag;
  }
  return smallest;
}

function sizeOf<E>(bag: Bag<E>): number {
  if (isBranch(bag) || bag instanceof Set) return bag.size;
  return Array.isArray(bag) ? bag.length : 1;
}

function* leaves<E>(branch: Branch<E>): Iterable<E> {
  for (const bag of branch.values()) {
    if (isBranch(bag)) yield* leaves(bag);
    else if (isFew(bag)) yield* bag;
    else yield bag;
  }
}
