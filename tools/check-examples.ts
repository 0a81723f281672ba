/**
 * Compiles every example: the `ts` blocks in the JSDoc of what is published, in the READMEs and in docs/, against the
 * built packages, as a developer would who copies them.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksInMarkdown, blocksInSource } from "./examples/code-blocks.ts";
import { typeCheck } from "./examples/type-check.ts";
import { publishedFolders, root } from "./packages.ts";
import { readFiles } from "./read-files.ts";
import { reportProblems } from "./report-problems.ts";

const sources = publishedFolders.flatMap((folder) =>
  [...readFiles(join(root, folder, "src"), ".ts")].map(([path, text]) => [`${folder}/src/${path}`, text] as const),
);
const guides = [...readFiles(join(root, "docs"), ".md")]
  .filter(([path]) => !path.startsWith("api/"))
  .map(([path, text]) => [`docs/${path}`, text] as const);
const readmes = ["README.md", ...publishedFolders.map((folder) => `${folder}/README.md`)]
  .filter((path) => existsSync(join(root, path)))
  .map((path) => [path, readFileSync(join(root, path), "utf8")] as const);

const blocks = [
  ...sources.flatMap(([path, text]) => blocksInSource(path, text)),
  ...[...guides, ...readmes].flatMap(([path, text]) => blocksInMarkdown(path, text)),
];

// Among the examples: there both packages resolve by their names, to what was built.
reportProblems(`examples (${blocks.length} blocks)`, typeCheck(blocks, join(root, "examples")));
