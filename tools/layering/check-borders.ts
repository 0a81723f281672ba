import { posix } from "node:path";
import { importsOf } from "./imports.ts";
import { problemAt, type Problem, type Source } from "./source.ts";

/**
 * Workspace members meet at their public doors alone: no relative import crosses from one into another, and the
 * emulator, which judges the library, has nothing of it. Paths are relative to the repository.
 */
export function checkBorders(source: Source): Problem[] {
  const home = memberOf(source.path);
  return importsOf(source.syntax).flatMap(({ node, specifier = "" }) => {
    if (source.path.startsWith("packages/emulator/src/") && /^msal-ts(?:\/|$)/.test(specifier)) {
      return [problemAt(source, node, "the emulator shares nothing with the library that it judges")];
    }
    if (!specifier.startsWith(".")) return [];
    const target = posix.join(posix.dirname(source.path), specifier);
    if (memberOf(target) === home) return [];
    return [problemAt(source, node, `"${specifier}" leads out of ${home}: import the other package by its name`)];
  });
}

/** `packages/msal`, `examples`, … */
function memberOf(path: string): string {
  return path
    .split("/")
    .slice(0, path.startsWith("packages/") ? 2 : 1)
    .join("/");
}
