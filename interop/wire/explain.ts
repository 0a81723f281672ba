import type { Difference } from "./difference.ts";

/** A value of a difference: in full, by its form, or absent. */
type Value = string | RegExp | undefined;

/** Differences that are meant to be, for one reason. */
export interface Explanation {
  /** The number of the fact in docs/behaviour.md that says so. */
  readonly fact: `B${number}.${number}`;
  readonly because: string;
  /** Only for these flows, by name. Default: all. */
  readonly flows?: readonly string[];
  readonly details: readonly Detail[];
}

/** One of these differences. */
export interface Detail {
  /** Only where this is in {@link Difference.where}. Default: everywhere. */
  readonly where?: string;
  readonly field: string;
  readonly python: Value;
  readonly ours: Value;
}

/** What is left of the differences, and what was of use. */
export interface Explained {
  readonly unexplained: readonly Difference[];
  readonly used: ReadonlySet<Detail>;
}

/** Takes the explained differences of a flow away. */
export function explain(
  flow: string,
  differences: readonly Difference[],
  explanations: readonly Explanation[],
): Explained {
  const details = explanations.filter(({ flows }) => flows?.includes(flow) ?? true).flatMap((each) => each.details);
  const used = new Set<Detail>();
  const unexplained = differences.filter((difference) => {
    const detail = details.find((each) => isAbout(each, difference));
    if (detail !== undefined) used.add(detail);
    return detail === undefined;
  });
  return { unexplained, used };
}

/** What no flow needed: it explains nothing any more. */
export function superfluous(explanations: readonly Explanation[], used: ReadonlySet<Detail>): Detail[] {
  return explanations.flatMap(({ details }) => details.filter((detail) => !used.has(detail)));
}

function isAbout(detail: Detail, { where, field, python, ours }: Difference): boolean {
  const isThere = where.includes(detail.where ?? "") && field === detail.field;
  return isThere && fits(python, detail.python) && fits(ours, detail.ours);
}

function fits(value: string | undefined, wanted: Value): boolean {
  return wanted instanceof RegExp ? value !== undefined && wanted.test(value) : value === wanted;
}
