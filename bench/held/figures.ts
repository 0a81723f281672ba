import type { Effort } from "../effort.ts";
import { azureIdentity, bareLookUp, type Library, msalNode, msalPython, ours } from "../peers/libraries.ts";
import { programOf } from "../process/program-of.ts";
import { runProgram } from "../process/program.ts";
import type { Figure } from "../report/figure.ts";
import { notMeasured } from "../report/table.ts";
import type { Kind } from "./client.ts";
import type { Measure } from "./job.ts";

/** How many times longer we may take alone, with more than anybody else holds. */
const patience = 7;

/** What can be measured of whom. */
const measuresOf: Readonly<Record<string, Readonly<Record<Kind, readonly Measure[]>>>> = {
  [bareLookUp.name]: { appTokens: ["ask"], users: [] },
  [azureIdentity.name]: { appTokens: ["ask"], users: [] },
  ...Object.fromEntries(
    [ours, msalNode, msalPython].map(({ name }) => [
      name,
      { appTokens: ["memory", "ask"], users: ["memory", "ask", "serialize", "deserialize", "accounts"] },
    ]),
  ),
};

/** Gives a figure of a library that holds so much. */
export type FigureOf = (count: number, measure: Measure | "json") => Figure;

/** Fills a library with more and more, a process each time, and measures all that is measured of it. */
export type MeasureHeld = (library: Library, holds: Kind) => Promise<FigureOf>;

/** Each library is filled once with the same, whoever asks for figures. */
export function createMeasureHeld(effort: Effort): MeasureHeld {
  const known = new Map<string, Promise<FigureOf>>();
  return (library, holds) => {
    const key = `${library.name} ${holds}`;
    const figures = known.get(key) ?? measureAll(library, holds, effort);
    known.set(key, figures);
    return figures;
  };
}

async function measureAll(library: Library, holds: Kind, effort: Effort): Promise<FigureOf> {
  const { counts, ownCounts, sampleTime, budget } = effort;
  const program = await programOf(library, "held");
  const figures = new Map<string, Figure>();
  let measures = measuresOf[library.name]?.[holds] ?? [];
  const steps = library === ours || library === bareLookUp ? [...counts, ...ownCounts] : counts;
  for (const count of steps) {
    const isFurther = !counts.includes(count);
    const allowed = isFurther ? budget * patience : budget;
    const job = {
      library: library.name,
      holds,
      count,
      sampleTime,
      measures: isFurther ? measures.filter(isShort) : measures,
    };
    const { figures: found, isLate } = await runProgram(program, job, allowed);
    for (const [name, value] of found) figures.set(`${name} ${count}`, value);
    if (!isLate) continue;
    const late = `given up after ${allowed / 1000} s`;
    // With more it would take longer still.
    for (const missed of job.measures.filter((measure) => !found.has(measure))) {
      for (const larger of steps.filter((other) => other >= count))
        figures.set(`${missed} ${larger}`, { missing: late });
    }
    measures = measures.filter((measure) => found.has(measure));
    if (measures.length === 0) break;
  }
  return (count, measure) => figures.get(`${measure} ${count}`) ?? { missing: notMeasured };
}

/** As text, a million of anything would be longer than a text can be. */
function isShort(measure: Measure): boolean {
  return measure === "ask" || measure === "accounts";
}
