/**
 * What the library costs, beside its peers in the same run: `npm run bench`. Exits with 1 when a limit does not hold.
 * `npm run bench -- stores` runs that section alone; `-- --write` writes docs/performance.md and its pictures. Let
 * nothing else run meanwhile.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { full, tiny } from "./effort.ts";
import { machine } from "./machine.ts";
import { versions } from "./peers/libraries.ts";
import { allHold, pictures, reportPage, reportText } from "./report/page.ts";
import type { Report, Section } from "./report/section.ts";
import { sectionsOf } from "./sections.ts";

const docs = new URL("../docs/", import.meta.url);
const flags = process.argv.slice(2).filter((argument) => argument.startsWith("--"));
const wanted = process.argv.slice(2).filter((argument) => !flags.includes(argument));

const sections = sectionsOf(flags.includes("--tiny") ? tiny : full);
const unknown = wanted.filter((name) => !Object.hasOwn(sections, name));
if (unknown.length > 0)
  throw new Error(`There is no section ${unknown.join(", ")}. There are: ${Object.keys(sections).join(", ")}`);
if (flags.includes("--write") && wanted.length > 0)
  throw new Error("The page holds all sections: leave their names out.");

const results: Section[] = [];
for (const [name, run] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`${new Date().toLocaleTimeString("en")} ${name}`);
  results.push(await run());
}
const report: Report = { machine: machine(), libraries: versions(), sections: results };
console.log(reportText(report));
if (flags.includes("--write")) write(report);
if (!allHold(report)) process.exitCode = 1;

function write(written: Report): void {
  const folder = new URL("performance/", docs);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [file, picture] of pictures(written)) writeFileSync(new URL(file, folder), picture);
  writeFileSync(new URL("performance.md", docs), reportPage(written));
}
