/** Checks that tests cite every fact of docs/behaviour.md, and no fact that is not there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compareFacts, readFacts } from "./behaviour/facts.ts";
import { root } from "./packages.ts";
import { readFiles } from "./read-files.ts";
import { reportProblems } from "./report-problems.ts";

const facts = readFacts(readFileSync(join(root, "docs/behaviour.md"), "utf8"));
const tests = new Map(
  ["packages", "examples", "interop"].flatMap((folder) =>
    [...readFiles(join(root, folder), ".test.ts")].map(([path, text]) => [`${folder}/${path}`, text] as const),
  ),
);

reportProblems(`behaviour (${facts.length} facts)`, compareFacts(facts, tests));
