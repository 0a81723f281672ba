import { describe, expect, it } from "vitest";
import { encodeForm } from "../../src/protocol/form.ts";

describe("encodeForm", () => {
  it("leaves out what has no value, and keeps a zero (B2.1)", () => {
    expect(encodeForm({ a: "1", b: undefined, c: "", d: 0 })).toBe("a=1&d=0");
  });

  it("encodes names and values", () => {
    expect(encodeForm({ "x y": "a&b=c+ü " })).toBe("x+y=a%26b%3Dc%2B%C3%BC+");
  });
});
