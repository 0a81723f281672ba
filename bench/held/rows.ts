import { bareLookUp, installed, type Library } from "../peers/libraries.ts";
import { type Figure, valueOf } from "../report/figure.ts";
import type { Line } from "../report/plot.ts";
import { type Table, tableByCount } from "../report/table.ts";
import type { Kind } from "./client.ts";
import type { MeasureHeld } from "./figures.ts";
import type { Measure } from "./job.ts";

/** The figures of one library, by how much it holds. */
export interface Row {
  readonly library: Library;
  readonly figureOf: (count: number) => Figure;
}

/** One measure of several libraries that hold the same. */
export async function rowsOf(
  measureHeld: MeasureHeld,
  {
    libraries,
    holds,
    measure,
  }: { readonly libraries: readonly Library[]; readonly holds: Kind; readonly measure: Measure },
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const library of installed(libraries)) {
    const figureOf = await measureHeld(library, holds);
    rows.push({ library, figureOf: (count) => figureOf(count, measure) });
  }
  return rows;
}

export function valueIn(rows: readonly Row[], library: Library, count: number): number | undefined {
  const row = rows.find((other) => other.library === library);
  return row && valueOf(row.figureOf(count));
}

export function tableOf(head: string, counts: readonly number[], rows: readonly Row[]): Table {
  return tableByCount(
    head,
    counts,
    rows.map(({ library, figureOf }) => [library.name, figureOf]),
  );
}

export function linesOf(counts: readonly number[], rows: readonly Row[]): Line[] {
  return rows.map(({ library, figureOf }) => ({
    name: library.name,
    isReference: library === bareLookUp,
    points: counts.flatMap((count): [number, number][] => {
      const value = valueOf(figureOf(count));
      return value === undefined ? [] : [[count, value]];
    }),
  }));
}
