import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { fromFileName, toFileName } from "../../../src/stores/file/file-name.ts";

describe("toFileName", () => {
  it("makes a name that every file system keeps apart from others, and that can be read back", () => {
    assert(
      property(string({ unit: "grapheme", minLength: 1 }), (partition) => {
        const name = toFileName(partition);
        expect(name).toMatch(/^[a-z\d_-]+$/);
        expect(fromFileName(name)).toBe(partition);
      }),
    );
  });

  it.each(["", "tokens.json", "A", "_4", "x_zz"])("does not read %j", (name) => {
    expect(fromFileName(name)).toBeUndefined();
  });
});
