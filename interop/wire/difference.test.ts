import { describe, expect, it } from "vitest";
import { compare, type Item, wholeItem } from "./difference.ts";

const discovery: Item = { kind: "discovery", fields: { path: "/tenant" } };
const token: Item = { kind: "token", fields: { "form.scope": "a b", "header.accept": "application/json" } };

describe("the comparison", () => {
  it("finds nothing between equal requests", () => {
    expect(compare([discovery, token], [discovery, token])).toEqual([]);
  });

  it("notices a value that differs", () => {
    const other = { ...token, fields: { ...token.fields, "form.scope": "b a" } };
    expect(compare([discovery, token], [discovery, other])).toEqual([
      { where: "2 token", field: "form.scope", python: "a b", ours: "b a" },
    ]);
  });

  it("notices a detail that only one of the two has", () => {
    const more = { ...token, fields: { ...token.fields, "form.claims": "{}" } };
    expect(compare([token], [more])).toEqual([
      { where: "1 token", field: "form.claims", python: undefined, ours: "{}" },
    ]);
    expect(compare([more], [token])).toEqual([
      { where: "1 token", field: "form.claims", python: "{}", ours: undefined },
    ]);
  });

  it("notices a request too few and one too many, and still compares the others with their counterparts", () => {
    const other = { ...token, fields: { ...token.fields, "form.scope": "c" } };
    expect(compare([discovery, token], [other, discovery])).toEqual([
      { where: "1 discovery", field: wholeItem, python: "discovery", ours: undefined },
      { where: "2 token", field: "form.scope", python: "a b", ours: "c" },
      { where: "3 discovery", field: wholeItem, python: undefined, ours: "discovery" },
    ]);
  });
});
