import type { Kind } from "./client.ts";

/**
 * What can be measured of a filled library: `ask` for a token in microseconds; `accounts`, `serialize`, `deserialize`
 * in milliseconds; `memory` in bytes, and beside it `json`, the length of the same as text.
 */
export type Measure = "memory" | "ask" | "serialize" | "deserialize" | "accounts";

/** What a program that measures is told. */
export interface Job {
  readonly library: string;
  readonly holds: Kind;
  readonly count: number;
  /** In this order: what takes long comes last. */
  readonly measures: readonly Measure[];
  /** Milliseconds for which a short call is repeated. */
  readonly sampleTime: number;
}
