import { redact } from "../error/redact.ts";

/** Longer values tell nothing more. Characters. */
const longest = 500;

/** A text out of a cache, which anybody may have written, as one short line without anything that looks like a token. */
export function printable(text: string): string {
  const line = redact(text.replace(/[\p{Cc}\u2028\u2029]+/gu, " "));
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** A span of time for JSON, which has no `NaN`. */
export function printableSeconds(seconds: number): number | null {
  return Number.isFinite(seconds) ? seconds : null;
}
