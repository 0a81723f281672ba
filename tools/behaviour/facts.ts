/** The numbers of the facts in a text, such as `B4.6`, in its order: paragraphs begin with one in bold. */
export function readFacts(text: string): string[] {
  return Array.from(text.matchAll(/^\*\*(B\d+\.\d+)\*\*\s/gm), ([, number = ""]) => number);
}

/**
 * What facts and tests have against each other: each fact stands once and is cited by a test, each citation names a
 * fact.
 *
 * @param tests - The texts of test files, by path.
 */
export function compareFacts(facts: readonly string[], tests: ReadonlyMap<string, string>): string[] {
  const known = new Set(facts);
  const cited = new Set([...tests.values()].flatMap((text) => citationsIn(text)));
  return [
    ...facts
      .filter((number, index) => facts.indexOf(number) !== index)
      .map((number) => `${number} stands more than once in docs/behaviour.md`),
    ...facts.filter((number) => !cited.has(number)).map((number) => `${number} is cited by no test`),
    ...[...tests].flatMap(([path, text]) => strangers(path, text, known)),
  ];
}

function citationsIn(text: string): string[] {
  return text.match(/\bB\d+\.\d+\b/g) ?? [];
}

function strangers(path: string, text: string, known: ReadonlySet<string>): string[] {
  return text.split("\n").flatMap((line, index) =>
    citationsIn(line)
      .filter((number) => !known.has(number))
      .map((number) => `${path}:${index + 1}: cites ${number}, which docs/behaviour.md does not have`),
  );
}
