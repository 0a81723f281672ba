import { describe, expect, it } from "vitest";
import { StringPool } from "../../src/cache/string-pool.ts";

describe("a pool of strings", () => {
  it("gives every string back as it is, past its capacity too", () => {
    const pool = new StringPool();
    for (let n = 0; n < 5000; n += 1) {
      expect(pool.share(`s${n}`)).toBe(`s${n}`);
      expect(pool.share(`s${n}`)).toBe(`s${n}`);
    }
  });
});
