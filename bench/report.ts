/** A number that must not be larger than its limit. */
export interface Limit {
  readonly what: string;
  readonly value: number;
  readonly atMost: number;
  readonly unit: string;
}

/** One table, what it shows, and the limits it is held to. */
export interface Section {
  readonly title: string;
  readonly about: string;
  /** The first row is the head; the first column is text, the others are numbers. */
  readonly rows: readonly (readonly string[])[];
  readonly limits: readonly Limit[];
}

/** All that was measured in one run. */
export interface Report {
  readonly machine: string;
  readonly sections: readonly Section[];
}

/** Every limit of the run, in words, and whether it holds. */
export function limitsOf({ sections }: Report): { readonly text: string; readonly holds: boolean }[] {
  return sections.flatMap(({ limits }) =>
    limits.map(({ what, value, atMost, unit }) => {
      const holds = value <= atMost;
      return {
        text: `${what}: ${value.toFixed(1)}${unit}, limit ${Number(atMost.toFixed(1))}${unit}: ${holds ? "holds" : "FAILS"}`,
        holds,
      };
    }),
  );
}

/** For the terminal. */
export function textOf(report: Report): string {
  const sections = report.sections.map(({ title, rows }) => `${title}\n\n${table(rows)}`);
  const limits = limitsOf(report).map(({ text }) => text);
  return [report.machine, ...sections, limits.join("\n")].join("\n\n");
}

/** For docs/performance.md. */
export function markdownOf(report: Report): string {
  const sections = report.sections.map(({ title, about, rows }) => `## ${title}\n\n${about}\n\n${table(rows)}`);
  const limits = limitsOf(report).map(({ text }) => `- ${text}`);
  const head = "# Performance\n\nWritten by `npm run bench -- --write`. Do not edit.";
  return `${[head, report.machine, ...sections, `## Limits\n\n${limits.join("\n")}`].join("\n\n")}\n`;
}

/** A Markdown table whose columns are aligned, so that it reads well as it stands. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const aligned = (row: readonly string[]): string =>
    line(
      widths.map((width, column) => (column === 0 ? cell(row, 0).padEnd(width) : cell(row, column).padStart(width))),
    );
  const rule = line(widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)));
  return [aligned(head), rule, ...body.map(aligned)].join("\n");
}

function cell(row: readonly string[], column: number): string {
  return row[column] ?? "";
}
