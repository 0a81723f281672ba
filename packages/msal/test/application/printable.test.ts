import { describe, expect, it } from "vitest";
import { printable, printableSeconds } from "../../src/application/printable.ts";

describe("a text out of a cache, made printable", () => {
  it.each([
    ["stays what it is", "User.Read openid", "User.Read openid"],
    ["is one line", "a\r\nb\tc\u2028d\u0000e", "a b c d e"],
    ["loses what looks like a token", "see eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", "see [redacted]"],
    ["is cut where it is long", "a".repeat(501), `${"a".repeat(500)}…`],
  ])("%s", (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it("is null for a time that is none, as JSON has no NaN", () => {
    expect([Number.NaN, Infinity, -5].map(printableSeconds)).toEqual([null, null, -5]);
  });
});
