/** Writes docs/errors.md out of the JSDoc of the error codes. With --check: says whether it is up to date. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { errorsPage } from "./errors/errors-page.ts";
import { root } from "./packages.ts";
import { reportProblems } from "./report-problems.ts";

const page = join(root, "docs/errors.md");
const source = readFileSync(join(root, "packages/msal/src/error/codes.ts"), "utf8");
const text = await format(errorsPage(source), { ...(await resolveConfig(page)), filepath: page });

if (process.argv.includes("--check")) {
  const isCurrent = existsSync(page) && readFileSync(page, "utf8") === text;
  reportProblems("errors", isCurrent ? [] : ["docs/errors.md is out of date: run tools/generate-errors.ts"]);
} else {
  writeFileSync(page, text);
}
