import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root: string = fileURLToPath(new URL("..", import.meta.url));

/** The part of a package.json that the checks look at. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** What is published, by folder. */
export const publishedFolders: readonly string[] = ["packages/msal", "packages/emulator"];

/** Reads the package.json of a folder of the repository. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;
}

/** The sources of a package's doors: `./src/index.ts`, … */
export function doorSources(folder: string): string[] {
  return Object.values(readManifest(folder).exports).flatMap((targets) =>
    typeof targets === "string" ? [] : (targets["@msal-ts/source"] ?? []),
  );
}

/** The doors of a package as a developer imports them: `msal-ts`, `msal-ts/testing`, … */
export function doorsOf(manifest: Manifest): string[] {
  return Object.keys(manifest.exports)
    .filter((subpath) => subpath !== "./package.json")
    .map((subpath) => manifest.name + subpath.slice(1));
}
