import { describe, expect, it } from "vitest";
import { readDer } from "../../src/credential/der.ts";

/** The tag and the content's length of each element. */
function shapes(bytes: readonly number[]): number[][] {
  return readDer(Uint8Array.from(bytes)).map(({ tag, content }) => [tag, content.length]);
}

describe("readDer", () => {
  it("reads elements side by side, with short and long lengths", () => {
    expect(shapes([])).toEqual([]);
    expect(shapes([5, 0, 2, 1, 7])).toEqual([
      [5, 0],
      [2, 1],
    ]);
    expect(shapes([4, 0x81, 0x80, ...Array.from({ length: 128 }, () => 1)])).toEqual([[4, 128]]);
    expect(shapes([4, 0x82, 1, 2, ...Array.from({ length: 258 }, () => 1)])).toEqual([[4, 258]]);
  });

  it.each([
    ["content", [4, 2, 1]],
    ["length", [4]],
    ["bytes of a long length", [4, 0x82, 1]],
    ["content of a length beyond 32 bits", [4, 0x85, 1, 0, 0, 0, 0, 1]],
  ])("refuses an element with too little %s", (_what, bytes) => {
    expect(() => shapes(bytes)).toThrow(RangeError);
  });
});
