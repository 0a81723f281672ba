import type { Effort } from "../effort.ts";
import type { MeasureHeld } from "../held/figures.ts";
import { linesOf, type Row, rowsOf, tableOf, valueIn } from "../held/rows.ts";
import { msalNode, msalPython, ours } from "../peers/libraries.ts";
import { countText } from "../report/figure.ts";
import type { Limit } from "../report/limit.ts";
import type { LinePlot } from "../report/plot.ts";
import type { Section } from "../report/section.ts";

/** How many users we must read no slower than msal-node. */
const contested = 10_000;

/** Writes all that is held as text, and reads it. */
export async function benchSerialization({ counts }: Effort, measureHeld: MeasureHeld): Promise<Section> {
  const contest = { libraries: [ours, msalNode, msalPython], holds: "users" } as const;
  const writing = await rowsOf(measureHeld, { ...contest, measure: "serialize" });
  const reading = await rowsOf(measureHeld, { ...contest, measure: "deserialize" });
  return {
    title: "The cache as text",
    about:
      "Milliseconds to write all that is held as JSON (`serialize`, first table) and to read it (`deserialize`, second), " +
      "by how many users are held. A user is an access, a refresh and an id token and an account: about 4.6 kB. A " +
      "million users would be longer than a text can be in JavaScript.",
    plots: [
      plotOf("serialize", "Writing the cache as text", counts, writing),
      plotOf("deserialize", "Reading the cache from text", counts, reading),
    ],
    tables: [tableOf("serialize, users held", counts, writing), tableOf("deserialize, users held", counts, reading)],
    limits: limitsOf(reading),
  };
}

function plotOf(file: string, title: string, counts: readonly number[], rows: readonly Row[]): LinePlot {
  const axes = { along: "users held", value: "milliseconds", base: 10, isLogarithmic: true } as const;
  return { kind: "lines", file, title, ...axes, lines: linesOf(counts, rows) };
}

function limitsOf(reading: readonly Row[]): Limit[] {
  const value = valueIn(reading, ours, contested);
  const atMost = valueIn(reading, msalNode, contested);
  if (value === undefined || atMost === undefined) return [];
  const elsewhere = "what msal-node takes";
  return [{ what: `deserialize ${countText(contested)} users`, value, atMost, unit: " ms", elsewhere }];
}
