/** A numbered fact of docs/behaviour.md. */
export interface Fact {
  /** Such as `B4.6`. */
  readonly number: string;
  /** What it describes is still to come. */
  readonly isPlanned: boolean;
}

/** The facts in a text, in its order: paragraphs that begin with a number in bold. */
export function readFacts(text: string): Fact[] {
  return Array.from(text.matchAll(/^\*\*(B\d+\.\d+)\*\*\s+(_Not yet)?/gm), ([, number = "", planned]) => ({
    number,
    isPlanned: planned !== undefined,
  }));
}

/** What facts and citations have against each other, and what is only worth knowing. */
export interface Comparison {
  readonly problems: readonly string[];
  readonly remarks: readonly string[];
}

/**
 * Holds tests against facts: each fact is cited by a test, each citation names a fact.
 *
 * @param tests - The texts of test files, by path.
 */
export function compareFacts(facts: readonly Fact[], tests: ReadonlyMap<string, string>): Comparison {
  const known = new Set(facts.map(({ number }) => number));
  const cited = new Set([...tests.values()].flatMap((text) => citationsIn(text)));
  const uncited = facts.filter(({ number }) => !cited.has(number));
  return {
    problems: [
      ...repeated(facts).map((number) => `${number} stands more than once in docs/behaviour.md`),
      ...uncited.filter((fact) => !fact.isPlanned).map(({ number }) => `${number} is cited by no test`),
      ...[...tests].flatMap(([path, text]) => strangers(path, text, known)),
    ],
    remarks: uncited.filter((fact) => fact.isPlanned).map(({ number }) => `${number} is still to come`),
  };
}

function citationsIn(text: string): string[] {
  return text.match(/\bB\d+\.\d+\b/g) ?? [];
}

function repeated(facts: readonly Fact[]): string[] {
  const numbers = facts.map(({ number }) => number);
  return numbers.filter((number, index) => numbers.indexOf(number) !== index);
}

function strangers(path: string, text: string, known: ReadonlySet<string>): string[] {
  return text.split("\n").flatMap((line, index) =>
    citationsIn(line)
      .filter((number) => !known.has(number))
      .map((number) => `${path}:${index + 1}: cites ${number}, which docs/behaviour.md does not have`),
  );
}
