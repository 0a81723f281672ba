import type { ParityRow, ShownBy } from "./parity-page.ts";
import type { PublicNames } from "./public-names.ts";

/** What the page is held against. */
export interface Evidence {
  /** What the reference documents, by name. */
  readonly reference: Readonly<Record<string, string>>;
  readonly isPublic: PublicNames;
  /** The titles of the tests in a file; `undefined` when there is no such file. */
  readonly titlesIn: (path: string) => ReadonlySet<string> | undefined;
}

/** What page and evidence have against each other, and what is only worth knowing. */
export interface Parity {
  readonly problems: readonly string[];
  readonly remarks: readonly string[];
}

/** Holds the rows against the list of the reference, the public names and the tests. */
export function compareParity(rows: readonly ParityRow[], evidence: Evidence): Parity {
  const entries = rows.map(({ entry }) => entry);
  const missing = Object.keys(evidence.reference).filter((entry) => !entries.includes(entry));
  return {
    problems: [
      ...missing.map((entry) => `docs/parity.md has no row for ${entry}`),
      ...rows.flatMap((row) => rowProblems(row, evidence).map((problem) => `docs/parity.md:${row.line}: ${problem}`)),
      ...entries
        .filter((entry, index) => entries.indexOf(entry) !== index)
        .map((entry) => `docs/parity.md has more than one row for ${entry}`),
    ],
    remarks: rows.filter(({ isPlanned }) => isPlanned).map(({ entry }) => `${entry} is still to come`),
  };
}

function rowProblems({ entry, names, tests, isPlanned }: ParityRow, evidence: Evidence): string[] {
  const { reference, isPublic, titlesIn } = evidence;
  const isKnown = Object.hasOwn(reference, entry);
  return [
    ...(isKnown ? [] : [`the list of the reference does not have ${entry}`]),
    ...(tests.length > 0 || isPlanned ? [] : [`no test shows ${entry}`]),
    ...names.filter((name) => !isPublic(name)).map((name) => `${name} is no public name`),
    ...tests.flatMap((test) => testProblem(test, titlesIn(test.path)) ?? []),
  ];
}

function testProblem({ title, path }: ShownBy, titles: ReadonlySet<string> | undefined): string | undefined {
  if (titles === undefined) return `there is no test file ${path}`;
  return titles.has(title) ? undefined : `${path} has no test "${title}"`;
}
