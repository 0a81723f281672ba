/** What one library did, taken apart: a name for each detail. */
export type Fields = Readonly<Record<string, string>>;

/** A request or a cache entry. */
export interface Item {
  /** What it is for. Items of both libraries with the same kind are one the counterpart of the other. */
  readonly kind: string;
  readonly fields: Fields;
}

/** A detail in which the libraries differ. Absent: that one has nothing of the sort. */
export interface Difference {
  /** What it is about, in words. */
  readonly where: string;
  readonly field: string;
  readonly python: string | undefined;
  readonly ours: string | undefined;
}

/** The field of a difference that is about the whole item. */
export const wholeItem = "all of it";

/** Compares two lists item by item, in their order. An item without a counterpart is one difference. */
export function compare(python: readonly Item[], ours: readonly Item[]): Difference[] {
  return pair(python, ours).flatMap(([theirs, own], index) => {
    const kind = theirs?.kind ?? own?.kind ?? "";
    const where = `${index + 1} ${kind}`;
    if (theirs !== undefined && own !== undefined) return compareFields(where, theirs.fields, own.fields);
    return [{ where, field: wholeItem, python: theirs?.kind, ours: own?.kind }];
  });
}

function compareFields(where: string, python: Fields, ours: Fields): Difference[] {
  const names = [...new Set([...Object.keys(python), ...Object.keys(ours)])].toSorted();
  return names
    .filter((name) => python[name] !== ours[name])
    .map((field) => ({ where, field, python: python[field], ours: ours[field] }));
}

type Pair = readonly [Item | undefined, Item | undefined];

/** Lays two lists side by side so that as many as can be find a counterpart: their longest common subsequence. */
function pair(python: readonly Item[], ours: readonly Item[]): Pair[] {
  const [first, ...others] = python;
  const [own, ...rest] = ours;
  if (first === undefined) return ours.map((each) => [undefined, each]);
  if (own === undefined) return python.map((each) => [each, undefined]);
  if (first.kind === own.kind) return [[first, own], ...pair(others, rest)];
  const withoutTheirs: Pair[] = [[first, undefined], ...pair(others, ours)];
  const withoutOurs: Pair[] = [[undefined, own], ...pair(python, rest)];
  return withoutTheirs.length <= withoutOurs.length ? withoutTheirs : withoutOurs;
}
