import type { Effort } from "../effort.ts";
import type { Kind } from "../held/client.ts";
import type { MeasureHeld } from "../held/figures.ts";
import { linesOf, type Row, rowsOf, tableOf, valueIn } from "../held/rows.ts";
import { azureIdentity, bareLookUp, type Library, msalNode, msalPython, ours } from "../peers/libraries.ts";
import { countText } from "../report/figure.ts";
import { type Limit, timeLimit } from "../report/limit.ts";
import type { LinePlot } from "../report/plot.ts";
import type { Section } from "../report/section.ts";

/** Microseconds that a cached token may take, and what the bare look-up takes on the machine that this was set for. */
const targets = [
  { count: 1, atMost: 1, bare: 0.27 },
  { count: 100_000, atMost: 1.5, bare: 0.58 },
  { count: 1_000_000, atMost: 3, bare: 1.6 },
] as const;

interface Contest {
  readonly holds: Kind;
  readonly title: string;
  readonly file: string;
  readonly libraries: readonly Library[];
}

const contests: readonly Contest[] = [
  {
    holds: "appTokens",
    title: "An application's own token from the cache",
    file: "cached-app-token",
    libraries: [bareLookUp, ours, msalNode, azureIdentity, msalPython],
  },
  {
    holds: "users",
    title: "A user's token from the cache",
    file: "cached-user-token",
    libraries: [ours, msalNode, msalPython],
  },
];

const held: Readonly<Record<Kind, string>> = { appTokens: "tokens held", users: "users held" };

/** Asks for tokens that are held, one after the other, while more and more are held. */
export async function benchCachedTokens(effort: Effort, measureHeld: MeasureHeld): Promise<Section> {
  const counts = [...effort.counts, ...effort.ownCounts];
  const bare = await rowsOf(measureHeld, { libraries: [bareLookUp], holds: "appTokens", measure: "ask" });
  const results: { readonly contest: Contest; readonly rows: readonly Row[] }[] = [];
  for (const contest of contests) {
    results.push({ contest, rows: await rowsOf(measureHeld, { ...contest, measure: "ask" }) });
  }
  return {
    title: "A token from the cache",
    about:
      "Microseconds for one awaited call, by how many are held. Up to 1,000 different tokens are asked for in turn. The " +
      "bare look-up is a `Map` behind an async method, and no library: nothing that can be awaited is faster. A million are measured of us alone.",
    plots: results.map(({ contest, rows }) => plotOf(contest, rows, counts)),
    tables: results.map(({ contest: { holds }, rows }) => tableOf(held[holds], counts, rows)),
    limits: results.flatMap(({ contest, rows }) => limitsOf(contest, rows, bare)),
  };
}

function plotOf({ file, holds, title }: Contest, rows: readonly Row[], counts: readonly number[]): LinePlot {
  return {
    kind: "lines",
    file,
    title,
    along: held[holds],
    value: "microseconds for one call",
    base: 10,
    isLogarithmic: true,
    lines: linesOf(counts, rows),
  };
}

function limitsOf({ title }: Contest, rows: readonly Row[], bareRows: readonly Row[]): Limit[] {
  return targets.flatMap(({ count, atMost, bare }) => {
    const value = valueIn(rows, ours, count);
    if (value === undefined) return [];
    const limit = { what: `${title}, one of ${countText(count)}`, value, atMost, unit: " µs" };
    const pace = valueIn(bareRows, bareLookUp, count) ?? bare;
    return [timeLimit(limit, { of: "the bare look-up", value: pace, reference: bare })];
  });
}
