import type { Effort } from "../effort.ts";
import type { Kind } from "../held/client.ts";
import type { MeasureHeld } from "../held/figures.ts";
import { installed, type Library, msalNode, msalPython, ours } from "../peers/libraries.ts";
import { countText, type Figure, textOf, valueOf } from "../report/figure.ts";
import type { Limit } from "../report/limit.ts";
import type { BarPlot } from "../report/plot.ts";
import type { Section } from "../report/section.ts";

/** How many are held: so many that what is there once does not count. */
const mostWanted = 10_000;
/** How many times its JSON a token may take in memory. */
const mostTimes = 1.3;

const kinds = ["appTokens", "users"] as const satisfies readonly Kind[];
const kindText: Readonly<Record<Kind, string>> = { appTokens: "an application's token", users: "a user" };

interface Footprint {
  readonly library: Library;
  readonly kind: Kind;
  readonly json: Figure;
  readonly memory: Figure;
  readonly times: Figure;
}

/** Weighs what is held. */
export async function benchMemory({ counts }: Effort, measureHeld: MeasureHeld): Promise<Section> {
  const count = counts.findLast((one) => one <= mostWanted) ?? 1;
  const footprints: Footprint[] = [];
  for (const kind of kinds) {
    for (const library of installed([ours, msalNode, msalPython])) {
      const figureOf = await measureHeld(library, kind);
      footprints.push(
        footprintOf(library, kind, each(figureOf(count, "json"), count), each(figureOf(count, "memory"), count)),
      );
    }
  }
  return {
    title: "Memory",
    about:
      `Bytes for each of ${countText(count)}: as JSON, and in memory as the runtime counts it after a full collection ` +
      "(for Python, what the process has grown by). Access tokens are 1 kB long; Entra ID's seldom are shorter.",
    plots: [plotOf(footprints)],
    tables: [
      {
        rows: [
          ["", "JSON", "in memory", "times its JSON"],
          ...footprints.map(({ library, kind, json, memory, times }) => [
            `${kindText[kind]}, ${library.name}`,
            ...[json, memory, times].map(textOf),
          ]),
        ],
      },
    ],
    limits: count === mostWanted ? footprints.flatMap(limitsOf) : [],
  };
}

function footprintOf(library: Library, kind: Kind, json: Figure, memory: Figure): Footprint {
  const times = (valueOf(memory) ?? Number.NaN) / (valueOf(json) ?? Number.NaN);
  return { library, kind, json, memory, times };
}

function each(figure: Figure, count: number): Figure {
  return typeof figure === "number" ? figure / count : figure;
}

function plotOf(footprints: readonly Footprint[]): BarPlot {
  const libraries = [...new Set(footprints.map(({ library }) => library))];
  return {
    kind: "bars",
    file: "memory",
    title: "Memory for each that is held",
    value: "times its JSON",
    groups: kinds.map((kind) => kindText[kind]),
    bars: libraries.map((library) => ({
      name: library.name,
      values: kinds.map((kind) => {
        const footprint = footprints.find((one) => one.library === library && one.kind === kind);
        return footprint && valueOf(footprint.times);
      }),
    })),
  };
}

function limitsOf({ library, kind, times }: Footprint): Limit[] {
  const value = valueOf(times);
  if (library !== ours || value === undefined) return [];
  return [{ what: `Memory for ${kindText[kind]}`, value, atMost: mostTimes, unit: " times its JSON" }];
}
