import { describe, expect, it } from "vitest";
import type { Difference } from "./difference.ts";
import { type Detail, explain, type Explanation, superfluous } from "./explain.ts";

const difference: Difference = { where: "2 token", field: "header.x-client-sku", python: "theirs", ours: "ours" };
const detail: Detail = { field: "header.x-client-sku", python: "theirs", ours: /^ours?$/ };
const explanation: Explanation = { fact: "B2.3", because: "Each has its name.", details: [detail] };

describe("an explanation", () => {
  it("takes the difference away that it is for, and is known to be of use", () => {
    const { unexplained, used } = explain("a flow", [difference], [explanation]);
    expect(unexplained).toEqual([]);
    expect([...used]).toEqual([detail]);
  });

  it.each<[string, Partial<Detail>]>([
    ["another field", { field: "header.x-client-ver" }],
    ["another value of theirs", { python: "something" }],
    ["another value of ours", { ours: /^other$/ }],
    ["a detail that ours has not", { ours: undefined }],
    ["other requests", { where: "discovery" }],
  ])("leaves the difference when it is for %s", (_, change) => {
    const other = { ...explanation, details: [{ ...detail, ...change }] };
    expect(explain("a flow", [difference], [other])).toEqual({ unexplained: [difference], used: new Set() });
  });

  it("leaves the difference when it is for other flows", () => {
    const { unexplained } = explain("a flow", [difference], [{ ...explanation, flows: ["another flow"] }]);
    expect(unexplained).toEqual([difference]);
    expect(explain("a flow", [difference], [{ ...explanation, flows: ["a flow"] }]).unexplained).toEqual([]);
  });

  it("is for a detail that one of the two has not, only when it says so", () => {
    const missing = { ...difference, ours: undefined };
    expect(explain("a flow", [missing], [explanation]).unexplained).toEqual([missing]);
    const said = { ...explanation, details: [{ ...detail, ours: undefined }] };
    expect(explain("a flow", [missing], [said]).unexplained).toEqual([]);
  });

  it("is superfluous, detail by detail, once nothing needs it", () => {
    const other: Detail = { ...detail, field: "header.x-client-ver" };
    const both = { ...explanation, details: [detail, other] };
    const { used } = explain("a flow", [difference], [both]);
    expect(superfluous([both], used)).toEqual([other]);
    expect(superfluous([explanation], used)).toEqual([]);
  });
});
