import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalInConstantTime } from "../../src/protocol/constant-time.ts";

describe("equalInConstantTime", () => {
  it("agrees with a plain comparison", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\0", "é"), maxLength: 4 });
    const compare = fc.property(text, text, (one, other) => {
      expect(equalInConstantTime(one, other)).toBe(one === other);
    });
    fc.assert(compare, { numRuns: 2000 });
  });

  it("sees a difference at any place, and in the length alone", () => {
    expect(equalInConstantTime("abcd", "abcd")).toBe(true);
    for (const other of ["xbcd", "abxd", "abcx", "abc", "abcd\0", ""]) {
      expect(equalInConstantTime("abcd", other)).toBe(false);
    }
  });
});
