/**
 * Checks on the built packages that the map of exports, the files and the README agree. That every export is documented
 * is TypeDoc's to say (`npm run docs:check`).
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exportsProblems } from "./exports-problems.ts";
import { publishedFolders, readManifest, root } from "./packages.ts";
import { reportProblems } from "./report-problems.ts";

const problems = publishedFolders.flatMap((folder) => {
  const readme = join(root, folder, "README.md");
  return exportsProblems({
    manifest: readManifest(folder),
    hasFile: (path) => existsSync(join(root, folder, path)),
    readme: existsSync(readme) ? readFileSync(readme, "utf8") : undefined,
  });
});

reportProblems("exports", problems);
