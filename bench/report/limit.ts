import { textOf } from "./figure.ts";

/** A number that must not be larger than its limit. */
export interface Limit {
  readonly what: string;
  readonly value: number;
  readonly atMost: number;
  readonly unit: string;
  /** What the limit is on the machine that it was set for, where this one is slower; and how that is known. */
  readonly elsewhere?: string;
}

export function holds({ value, atMost }: Limit): boolean {
  return value <= atMost;
}

export function limitText(limit: Limit): string {
  const { what, value, atMost, unit, elsewhere } = limit;
  const condition = elsewhere === undefined ? "" : ` (${elsewhere})`;
  const verdict = holds(limit) ? "holds" : "**FAILS**";
  return `${what}: ${textOf(value)}${unit}, limit ${textOf(atMost)}${unit}${condition}: ${verdict}`;
}

/**
 * A limit in time. It was set for a machine on which the same work, done by something that does not change, takes
 * `reference`. On a slower or busier one it may take as much more as that does there, in the same run.
 */
export function timeLimit(
  limit: Limit,
  pace: { readonly of: string; readonly value: number; readonly reference: number },
): Limit {
  const { of, value, reference } = pace;
  if (!(value > reference)) return limit;
  const elsewhere = `${textOf(limit.atMost)}${limit.unit} where ${of} takes ${textOf(reference)}${limit.unit}; here it took ${textOf(value)}${limit.unit}`;
  return { ...limit, atMost: (limit.atMost * value) / reference, elsewhere };
}
