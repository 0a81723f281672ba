/** A picture for docs/performance: lines over numbers, or bars over names. */
export type Plot = LinePlot | BarPlot;

interface Shape {
  /** Its file, without the ending. */
  readonly file: string;
  readonly title: string;
  /** What is counted up the side, with its unit. */
  readonly value: string;
}

/** Lines over numbers that grow by factors. */
export interface LinePlot extends Shape {
  readonly kind: "lines";
  /** What is counted along the bottom. */
  readonly along: string;
  readonly base: 2 | 10;
  /** Whether the values grow by factors too. */
  readonly isLogarithmic: boolean;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
  /** Something to compare with, and no library. */
  readonly isReference?: boolean;
}

/** Bars in groups. */
export interface BarPlot extends Shape {
  readonly kind: "bars";
  readonly groups: readonly string[];
  readonly bars: readonly { readonly name: string; readonly values: readonly (number | undefined)[] }[];
}
