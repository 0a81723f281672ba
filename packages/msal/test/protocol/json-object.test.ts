import { describe, expect, it } from "vitest";
import { isJsonObject, parseJsonObject } from "../../src/protocol/json-object.ts";

describe("isJsonObject", () => {
  it("tells an object from every other JSON value", () => {
    expect(isJsonObject({})).toBe(true);
    for (const other of [null, [], "{}", 1, true, undefined]) expect(isJsonObject(other)).toBe(false);
  });
});

describe("parseJsonObject", () => {
  it("reads an object", () => {
    expect(parseJsonObject('{"a":[1]}')).toEqual({ a: [1] });
  });

  it("takes no more than 100 levels, which copying and writing would not survive (B2.8)", () => {
    const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    expect(parseJsonObject(nested(100))).toHaveProperty("a.a.a");
    expect(parseJsonObject(nested(101))).toBeUndefined();
    expect(parseJsonObject(nested(100_000))).toBeUndefined();
  });

  it.each(["", "{", "[]", "null", '"{}"', "1"])("gives undefined for %j", (text) => {
    expect(parseJsonObject(text)).toBeUndefined();
  });
});
