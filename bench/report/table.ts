import { countText, type Figure, textOf } from "./figure.ts";

/** The first row is the head; the first column is text, the others are numbers. */
export interface Table {
  readonly rows: readonly (readonly string[])[];
  /** Said below it: why figures are missing. */
  readonly notes?: readonly string[];
}

/** A line of figures for each name, by how many are held. */
export function tableByCount(
  head: string,
  counts: readonly number[],
  lines: readonly (readonly [name: string, figureOf: (count: number) => Figure])[],
): Table {
  const rows = lines.map(([name, figureOf]) => [name, ...counts.map((count) => textOf(figureOf(count)))]);
  return { rows: [[head, ...counts.map(countText)], ...rows], notes: notesOf(counts, lines) };
}

/** Each reason once, with where it holds. */
function notesOf(
  counts: readonly number[],
  lines: readonly (readonly [name: string, figureOf: (count: number) => Figure])[],
): string[] {
  return lines.flatMap(([name, figureOf]) => {
    const first = counts.find((count) => isTold(figureOf(count)));
    const figure = first === undefined ? 0 : figureOf(first);
    return first === undefined || typeof figure === "number"
      ? []
      : [`${name} from ${countText(first)} on: ${figure.missing}.`];
  });
}

function isTold(figure: Figure): boolean {
  return typeof figure !== "number" && figure.missing !== notMeasured;
}

/** Why there is no figure where nobody expects one. */
export const notMeasured = "it is not measured";

/** A Markdown table whose columns are aligned, so that it reads well as it stands. */
export function tableText({ rows, notes = [] }: Table): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const aligned = (row: readonly string[]): string =>
    line(
      widths.map((width, column) => (column === 0 ? cell(row, 0).padEnd(width) : cell(row, column).padStart(width))),
    );
  const rule = line(widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)));
  const table = [aligned(head), rule, ...body.map(aligned)].join("\n");
  return [table, ...notes.map((note) => `— ${note}`)].join("\n\n");
}

function cell(row: readonly string[], column: number): string {
  return row[column] ?? "";
}
