/**
 * Packs the packages as they would be published, installs them into an empty project, imports every door with plain
 * Node, and compiles a program against the types with no compromise (`skipLibCheck: false`).
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { doorsOf, publishedFolders, readManifest, root } from "./packages.ts";

const project = mkdtempSync(join(tmpdir(), "msal-ts-dist-"));
try {
  testDist();
  console.log("dist: installs, imports, compiles");
} finally {
  rmSync(project, { recursive: true, force: true });
}

function testDist(): void {
  const tarballs = publishedFolders.map(pack);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const quiet = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  run("npm", ["install", ...quiet, ...tarballs, `@types/node@${versionOf("@types/node")}`]);
  for (const folder of publishedFolders) tryDoors(doorsOf(readManifest(folder)), folder);
}

function pack(folder: string): string {
  const destination = join(project, "tarballs", folder);
  mkdirSync(destination, { recursive: true });
  run("npm", ["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", destination], join(root, folder));
  return join(destination, readdirSync(destination)[0] ?? "");
}

function tryDoors(doors: readonly string[], folder: string): void {
  const imports = doors.map((door, index) => `import * as door${index} from "${door}";`);
  const uses = doors.map(
    (door, index) => `if (Object.keys(door${index}).length === 0) throw new Error("${door} is empty");`,
  );
  writeFileSync(join(project, "main.mts"), [...imports, ...uses, "export {};", ""].join("\n"));
  writeFileSync(join(project, "main.mjs"), [...imports, ...uses, ""].join("\n"));
  run(process.execPath, ["main.mjs"]);
  writeFileSync(
    join(project, "tsconfig.json"),
    JSON.stringify({ compilerOptions: optionsFor(folder), files: ["main.mts"] }),
  );
  run(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", project]);
}

/** The library's types need no Node; the emulator is a server. */
function optionsFor(folder: string): object {
  return {
    target: "es2022",
    lib: ["es2023", "dom", "dom.iterable"],
    module: "nodenext",
    noEmit: true,
    skipLibCheck: false,
    strict: true,
    types: folder === "packages/msal" ? [] : ["node"],
  };
}

function versionOf(name: string): string {
  return readManifest(join("node_modules", name)).version;
}

function run(command: string, args: readonly string[], cwd: string = project): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}`);
}
