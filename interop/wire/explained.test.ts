import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { explained } from "./explained/all.ts";
import { themes } from "./flows/all.ts";

const behaviour = await readFile(new URL("../../docs/behaviour.md", import.meta.url), "utf8");
const heading = "### What differs on the wire and in the cache";

describe("the explained differences", () => {
  it("are those that docs/behaviour.md lists, in its order", () => {
    const listed = behaviour.slice(behaviour.indexOf(heading)).match(/^- .*$/gm);
    expect(listed).toEqual(explained.map(({ because, fact }) => `- ${because} (${fact})`));
  });

  it("each follow from a fact", () => {
    const facts = explained.map(({ fact }) => fact);
    expect(facts.filter((fact) => !behaviour.includes(`**${fact}**`))).toEqual([]);
  });

  it("name flows that there are, and each flow has a name of its own", () => {
    const names = Object.values(themes).flatMap((flows) => flows.map(({ name }) => name));
    expect(names).toEqual([...new Set(names)]);
    expect(explained.flatMap(({ flows = [] }) => flows.filter((flow) => !names.includes(flow)))).toEqual([]);
  });
});
