import { describe, expect, it } from "vitest";
import { readNumber, readText } from "../../src/protocol/wire-value.ts";

describe("readNumber", () => {
  it.each([
    [5, 5],
    [0, 0],
    ["3600", 3600],
    ["", undefined],
    [" ", undefined],
    ["soon", undefined],
    [Number.NaN, undefined],
    ["Infinity", undefined],
    [null, undefined],
    [true, undefined],
    [["5"], undefined],
  ])("reads %j as %j (B4.2)", (value, number) => {
    expect(readNumber(value)).toBe(number);
  });
});

describe("readText", () => {
  it.each([
    ["a", "a"],
    ["", undefined],
    [1, undefined],
    [null, undefined],
    [["a"], undefined],
  ])("reads %j as %j", (value, text) => {
    expect(readText(value)).toBe(text);
  });
});
