/**
 * Holds the sources against the house's plan: who may know whom, and who may touch the outside world. The plan stands
 * in tools/layering/house.ts. Part of `npm run lint`.
 */
import { fileURLToPath } from "node:url";
import { checkHouse, checkRepository } from "./layering/check-house.ts";
import { msalHouse } from "./layering/house.ts";
import { readFiles } from "./read-files.ts";
import { reportProblems } from "./report-problems.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const library = "packages/msal/src/";
const files = readFiles(root, ".ts");
const ofLibrary = [...files]
  .filter(([path]) => path.startsWith(library))
  .map(([path, text]) => [path.slice(library.length), text] as const);

reportProblems("layering", [
  ...checkHouse(new Map(ofLibrary), msalHouse).map(
    ({ path, line, message }) => `${library}${path}:${line}: ${message}`,
  ),
  ...checkRepository(files).map(({ path, line, message }) => `${path}:${line}: ${message}`),
]);
