import type { Limit } from "./limit.ts";
import type { Plot } from "./plot.ts";
import type { Table } from "./table.ts";

/** What one part of the bench has found. */
export interface Section {
  readonly title: string;
  /** What the figures are, in which units. */
  readonly about: string;
  readonly plots: readonly Plot[];
  readonly tables: readonly Table[];
  readonly limits: readonly Limit[];
}

/** All that was measured in one run. */
export interface Report {
  readonly machine: string;
  readonly libraries: string;
  readonly sections: readonly Section[];
}
