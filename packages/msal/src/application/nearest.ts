import type { ExplainedEntries } from "./silent-explanation.ts";

/** More would hide the ones that matter. */
const most = 10;

/** How entries are judged and told of. */
interface Telling<T, E, V extends string> {
  readonly verdictOf: (item: T) => V;
  readonly explain: (item: T, verdict: V) => E;
}

/**
 * The entries whose verdicts stand first in `nearness`, and a count of all others. Holds few of them at a time, however
 * many there are; one whose verdict is not in `nearness` is only counted.
 */
export function nearest<T, E, V extends string>(
  items: Iterable<T>,
  nearness: readonly V[],
  { verdictOf, explain }: Telling<T, E, V>,
): ExplainedEntries<E, V> {
  const counts = new Map<V, number>();
  const candidates = new Map<V, T[]>(nearness.map((verdict) => [verdict, []]));
  let total = 0;
  for (const item of items) {
    const verdict = verdictOf(item);
    total += 1;
    counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    const few = candidates.get(verdict);
    if (few !== undefined && few.length < most) few.push(item);
  }
  const listed = [...candidates].flatMap(([verdict, few]) => few.map((item) => ({ verdict, item }))).slice(0, most);
  for (const { verdict } of listed) counts.set(verdict, (counts.get(verdict) ?? 0) - 1);
  const others: Partial<Record<V, number>> = {};
  for (const [verdict, count] of counts) if (count > 0) others[verdict] = count;
  return { total, listed: listed.map(({ item, verdict }) => explain(item, verdict)), others };
}
