import { styleText } from "node:util";
import type { Outcome } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";

/** Draws the table row by row, so that each can be shown as soon as it is known. */
export interface Table {
  head(): string;
  row(scenario: Scenario, outcome: Outcome): string;
  rowNotRun(scenario: Scenario): string;
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly align: "left" | "right";
}

/** Makes a table wide enough for these scenarios. `colour` is for terminals alone. */
export function createTable(scenarios: readonly Scenario[], colour: boolean): Table {
  const columns: readonly Column[] = [
    textColumn(
      "Flow",
      scenarios.map(({ flow }) => flow),
    ),
    textColumn(
      "Who",
      scenarios.map(({ who }) => who),
    ),
    textColumn(
      "Scope",
      scenarios.map(({ scope }) => scope),
    ),
    { title: "Requests", width: 8, align: "right" },
    { title: "From", width: 7, align: "left" },
    { title: "ms", width: 4, align: "right" },
  ];
  const draw = (mark: string, cells: readonly string[]): string =>
    [mark, ...columns.map((column, index) => fit(cells[index] ?? "", column))].join("  ").trimEnd();
  return {
    head: () =>
      paint(
        colour,
        "bold",
        draw(
          " ",
          columns.map(({ title }) => title),
        ),
      ),
    row: ({ flow, who, scope }, { requests, from = "", ms, problem }) => {
      const numbers = [requests?.toString() ?? "", from === "none" ? "-" : from, ms?.toFixed(0) ?? ""];
      const mark = problem === undefined ? paint(colour, "green", "✓") : paint(colour, "red", "✗");
      return draw(mark, [flow, who, scope, ...numbers]);
    },
    rowNotRun: ({ flow, who, scope }) => draw("-", [flow, who, scope, "", "not run"]),
  };
}

function textColumn(title: string, values: readonly string[]): Column {
  return { title, width: Math.max(...[title, ...values].map(({ length }) => length)), align: "left" };
}

function fit(text: string, { width, align }: Column): string {
  return align === "left" ? text.padEnd(width) : text.padStart(width);
}

function paint(colour: boolean, style: "bold" | "green" | "red", text: string): string {
  // Newer releases of Node would look at their own stdout; here it is the terminal that knows.
  return colour ? styleText(style, text, { validateStream: false }) : text;
}
