import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { benchColdStart } from "./cold-start/bench.ts";
import { tiny } from "./effort.ts";
import { bundle } from "./process/bundle.ts";
import { draw } from "./report/draw.ts";
import { allHold, reportPage, reportText } from "./report/page.ts";
import type { Report, Section } from "./report/section.ts";
import { sectionsOf } from "./sections.ts";

const sections = sectionsOf(tiny);
/** As it is published, it is there after a build only. */
const doorOfOurs = new URL("../packages/msal/src/index.ts", import.meta.url);

async function run(name: string): Promise<Section> {
  if (name === "cold-start") return benchColdStart(tiny, await bundle(doorOfOurs));
  const section = await sections[name]?.();
  if (section === undefined) throw new Error(`There is no section ${name}.`);
  return section;
}

/** How many figures of ours are there; a peer may not be installed. */
function figuresOfOurs({ tables }: Section): number {
  const rows = tables.flatMap(({ rows: [, ...body] }) => body).filter(([name]) => name?.includes("msal-ts"));
  return rows.flatMap(([, ...cells]) => cells).filter((cell) => cell !== "—").length;
}

describe("the bench", () => {
  it.each(Object.keys(sections))("measures %s, and draws what it found", async (name) => {
    const section = await run(name);
    expect(figuresOfOurs(section)).toBeGreaterThan(0);
    for (const plot of section.plots) expect(draw(plot)).toContain(`<title>${plot.title}</title>`);
  });

  it("has a picture beside the page for each that the page shows", () => {
    const page = readFileSync(new URL("../docs/performance.md", import.meta.url), "utf8");
    const files = [...page.matchAll(/\]\((performance\/[\w-]+\.svg)\)/g)].map(([, file]) => file);
    for (const file of files) {
      expect(readFileSync(new URL(`../docs/${file}`, import.meta.url), "utf8")).toContain("</svg>");
    }
  });
});

describe("a report", () => {
  const report: Report = {
    machine: "a machine",
    libraries: "a peer",
    sections: [
      {
        title: "Apples",
        about: "In kilograms.",
        plots: [{ kind: "bars", file: "apples", title: "Apples", value: "kg", groups: ["red"], bars: [] }],
        tables: [{ rows: [["", "red"], ["ours", "1.5"]], notes: ["None are green."] }], // prettier-ignore
        limits: [{ what: "Red apples", value: 1.5, atMost: 1.2, unit: " kg" }],
      },
    ],
  };

  it("says what does not hold, in the terminal and on the page", () => {
    expect(allHold(report)).toBe(false);
    for (const text of [reportText(report), reportPage(report)]) {
      expect(text).toContain("Red apples: 1.5 kg, limit 1.2 kg: **FAILS**");
      expect(text).toContain("| ours | 1.5 |");
      expect(text).toContain("— None are green.");
    }
    expect(reportPage(report)).toContain("![Apples](performance/apples.svg)");
  });
});
