import type { Effort } from "../effort.ts";
import type { MeasureHeld } from "../held/figures.ts";
import { linesOf, rowsOf, tableOf, valueIn } from "../held/rows.ts";
import { bareLookUp, msalNode, msalPython, ours } from "../peers/libraries.ts";
import { countText } from "../report/figure.ts";
import { timeLimit } from "../report/limit.ts";
import type { Section } from "../report/section.ts";

/** Milliseconds for the list of so many, where a bare look-up among one takes so many milliseconds. */
const target = { count: 10_000, atMost: 10, bare: 0.000_27 } as const;

/** Lists all users. */
export async function benchAccounts(effort: Effort, measureHeld: MeasureHeld): Promise<Section> {
  const counts = [...effort.counts, ...effort.ownCounts];
  const contest = { libraries: [ours, msalNode, msalPython], holds: "users", measure: "accounts" } as const;
  const rows = await rowsOf(measureHeld, contest);
  const bare = await rowsOf(measureHeld, { libraries: [bareLookUp], holds: "appTokens", measure: "ask" });
  const value = valueIn(rows, ours, target.count);
  const pace = (valueIn(bare, bareLookUp, 1) ?? 0) / 1000;
  return {
    title: "The list of users",
    about: "Milliseconds for one list of all users (`getAccounts`), by how many there are.",
    plots: [
      {
        kind: "lines",
        file: "accounts",
        title: "The list of all users",
        along: "users held",
        value: "milliseconds for one list",
        base: 10,
        isLogarithmic: true,
        lines: linesOf(counts, rows),
      },
    ],
    tables: [tableOf("users held", counts, rows)],
    limits:
      value === undefined
        ? []
        : [
            timeLimit(
              { what: `getAccounts of ${countText(target.count)}`, value, atMost: target.atMost, unit: " ms" },
              { of: "the bare look-up", value: pace, reference: target.bare },
            ),
          ],
  };
}
