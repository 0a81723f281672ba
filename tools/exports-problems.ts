import { doorsOf, type Manifest } from "./packages.ts";

/** Where the doors of a package are checked: what its folder holds and what its README says. */
export interface PackageView {
  readonly manifest: Manifest;
  /** Whether the folder has this file (`./dist/index.js`). */
  readonly hasFile: (path: string) => boolean;
  readonly readme: string | undefined;
}

/** Whatever does not agree between the map of exports, the files, and the README. */
export function exportsProblems({ manifest, hasFile, readme }: PackageView): string[] {
  const entries = Object.entries(manifest.exports).filter(([subpath]) => subpath !== "./package.json");
  return [
    ...(manifest.exports["./package.json"] === "./package.json" ? [] : [`"./package.json" is not exported`]),
    ...entries.flatMap(([subpath, targets]) => targetProblems(subpath, targets, hasFile)),
    ...(readme === undefined ? ["README.md is missing: the registry shows it"] : readmeProblems(manifest, readme)),
  ].map((problem) => `${manifest.name}: ${problem}`);
}

const conditions = ["@msal-ts/source", "types", "default"];

function targetProblems(
  subpath: string,
  targets: string | Readonly<Record<string, string>>,
  hasFile: (path: string) => boolean,
): string[] {
  if (typeof targets === "string" || Object.keys(targets).join() !== conditions.join()) {
    return [`"${subpath}" must name ${conditions.join(", ")}, in this order`];
  }
  const stem = /^\.\/src\/(.+)\.ts$/.exec(targets["@msal-ts/source"] ?? "")?.[1];
  if (stem === undefined) return [`"${subpath}" must name its source, such as "./src/index.ts"`];
  const expected = [`./src/${stem}.ts`, `./dist/${stem}.d.ts`, `./dist/${stem}.js`];
  return conditions.flatMap((condition, index) => {
    const [target, wanted = ""] = [targets[condition], expected[index]];
    if (target !== wanted) return [`"${subpath}" has "${target}" for ${condition}, not "${wanted}"`];
    return hasFile(wanted) ? [] : [`"${subpath}" leads to ${wanted}, which does not exist`];
  });
}

/** In a README's tables, a row that starts with a door in backticks describes it: `| \`msal-ts/testing` | … |`. */
function readmeProblems(manifest: Manifest, readme: string): string[] {
  const doors = doorsOf(manifest);
  const described = [...readme.matchAll(/^\|\s*`([^`\s]+)`\s*\|/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name === manifest.name || name.startsWith(`${manifest.name}/`));
  // One door needs no table: the whole README is about it.
  const missing = doors.length === 1 ? [] : doors.filter((door) => !described.includes(door));
  return [
    ...missing.map((door) => `README.md has no row for \`${door}\` in its table of doors`),
    ...described
      .filter((name) => !doors.includes(name))
      .map((name) => `README.md describes \`${name}\`, which is no door`),
  ];
}
