import type { Effort } from "../effort.ts";
import { azureIdentity, installed, type Library, msalNode, msalPython, ours } from "../peers/libraries.ts";
import { programOf } from "../process/program-of.ts";
import { runProgram } from "../process/program.ts";
import { countText, type Figure, textOf } from "../report/figure.ts";
import type { Limit } from "../report/limit.ts";
import type { Section } from "../report/section.ts";
import type { Course, Job } from "./client.ts";

/** Milliseconds that the network takes for a token where requests are made at once. */
const delay = 20;

interface Result {
  readonly library: Library;
  readonly figureOf: (kind: "time" | "requests", course: Course) => Figure;
}

/** Asks for tokens that are not held. */
export async function benchMisses({ misses: count, budget }: Effort): Promise<Section> {
  const results: Result[] = [];
  for (const library of installed([ours, msalNode, azureIdentity, msalPython])) {
    results.push(await measure(library, { library: library.name, count, delay }, budget));
  }
  return {
    title: "Tokens that are not in the cache",
    about:
      `${countText(count)} requests for a token of the application, with an empty cache. Distinct ones, each for another ` +
      "API, one after the other: milliseconds for each, from a network that answers at once. Distinct and equal ones, " +
      `all at once: milliseconds for all of them together, from a network that takes ${delay} ms. Beside the times, how ` +
      "many requests went to the network; one may be for the discovery document.",
    plots: [],
    tables: [
      {
        rows: [
          ["", "distinct, each", "requests", "distinct at once", "requests", "equal at once", "requests"],
          ...results.map(rowOf(count)),
        ],
      },
    ],
    limits: results.flatMap(limitsOf),
  };
}

async function measure(library: Library, job: Job, budget: number): Promise<Result> {
  const program = await programOf(library, "misses");
  const { figures } = await runProgram(program, job, budget * 3);
  const figureOf: Result["figureOf"] = (kind, course) =>
    figures.get(`${kind} ${course}`) ?? { missing: "it takes too long" };
  return { library, figureOf };
}

function rowOf(count: number): (result: Result) => string[] {
  return ({ library, figureOf }) => {
    const each = figureOf("time", "distinct");
    return [
      library.name,
      textOf(typeof each === "number" ? each / count : each),
      requestsOf(figureOf("requests", "distinct")),
      textOf(figureOf("time", "distinct at once")),
      requestsOf(figureOf("requests", "distinct at once")),
      textOf(figureOf("time", "equal at once")),
      requestsOf(figureOf("requests", "equal at once")),
    ];
  };
}

function requestsOf(figure: Figure): string {
  return typeof figure === "number" ? countText(figure) : textOf(figure);
}

/** One for the token, and one for the discovery document. */
function limitsOf({ library, figureOf }: Result): Limit[] {
  const value = figureOf("requests", "equal at once");
  if (library !== ours || typeof value !== "number") return [];
  return [{ what: "Network requests for equal tokens asked for at once", value, atMost: 2, unit: "" }];
}
