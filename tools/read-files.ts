import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const never = new Set(["node_modules", "dist", "coverage", "artifacts", ".git"]);

/** The texts of all files beneath a folder that end like this, by their paths in it, with forward slashes. */
export function readFiles(folder: string, ending: string): Map<string, string> {
  const paths = [...walk(folder)].filter((path) => path.endsWith(ending));
  return new Map(paths.map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8")]));
}

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (never.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}
