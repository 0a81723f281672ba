import * as fc from "fast-check";
import { inspect } from "node:util";

/** They begin and end every secret, so that half of one is found too. */
const head = "hEaD9zQ4";
const tail = "7tAiLq2X";

/** Signs that some encoding or other writes in another way. */
const oddSigns = "aZ5.-_~+/=&%?#'\"<>\\ !*()$^{}|:;,é✓\n".split("");

/** A secret with a mark at its ends, and odd signs between. */
export const markedSecret: fc.Arbitrary<string> = fc
  .string({ unit: fc.constantFrom(...oddSigns), maxLength: 12 })
  .map((middle) => `${head}${middle}${tail}`);

/** A secret as most are: letters and digits. */
export const plainSecret: fc.Arbitrary<string> = fc
  .string({ unit: fc.constantFrom("a", "Z", "5", ".", "-", "_"), maxLength: 12 })
  .map((middle) => `${head}${middle}${tail}`);

/** The places, of those named, where a part of a marked secret shows. */
export function leaks(places: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(places).flatMap(([name, value]) => {
    const text = typeof value === "string" ? value : views(value).join("\n");
    const at = [head, tail].map((mark) => text.indexOf(mark)).find((index) => index >= 0);
    return at === undefined ? [] : [`${name}: …${text.slice(Math.max(0, at - 80), at + 60)}…`];
  });
}

/** All the ways in which a value is shown to people and machines. */
function views(value: unknown): string[] {
  const shown = [inspect(value, { depth: 10, showHidden: true, maxStringLength: null }), JSON.stringify(value) ?? ""];
  for (let error = value, depth = 0; error instanceof Error && depth < 10; error = error.cause, depth += 1) {
    shown.push(String(error), error.message, error.stack ?? "", JSON.stringify(error));
  }
  return shown;
}
