import { describe, expect, it } from "vitest";
import { atOnce } from "../../src/runtime/at-once.ts";

const twice = (number: number): number => 2 * number;

describe("atOnce", () => {
  it("goes on at once with a value at hand", () => {
    expect(atOnce(2, twice)).toBe(4);
  });

  it("waits for a value that is to come, and for what comes of it", async () => {
    const doubled = atOnce(Promise.resolve(2), (number) => Promise.resolve(twice(number)));
    expect(doubled).toBeInstanceOf(Promise);
    await expect(doubled).resolves.toBe(4);
  });

  it("hands on a failure", async () => {
    const failure = new Error("no value");
    await expect(atOnce(Promise.reject<number>(failure), twice)).rejects.toBe(failure);
  });
});
