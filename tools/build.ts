/**
 * Builds the published packages: the compiler checks and writes the declarations, Rolldown bundles the code. To find
 * and load a module costs Node a good part of a millisecond, and the library has more than a hundred: bundled, an
 * import loads two. What the sources load by `import()` stays in chunks of its own, loaded when it is needed.
 */
import { join } from "node:path";
import { rolldown } from "rolldown";
import { statically } from "./bundle/eager.ts";
import { loadedAtOnce } from "./bundle/loaded-at-once.ts";
import { doorSources, publishedFolders, root } from "./packages.ts";
import { runNode } from "./run-node.ts";

/** How many files the first door may load at once: itself and its core. */
const mostFiles = 2;

for (const folder of publishedFolders) await Promise.all([writeDeclarations(folder), bundle(folder)]);

async function writeDeclarations(folder: string): Promise<void> {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = await runNode([compiler, "-p", join(folder, "tsconfig.build.json")], root);
  if (status !== 0) throw new Error(`${folder} does not compile:\n${stdout}`);
}

/**
 * All that the first door loads at once is one file, for the other doors too: else each set of doors that shares
 * something would get a file of its own, and the first door dozens. Names stay as they are, for whoever reads a stack
 * trace without the source maps.
 */
async function bundle(folder: string): Promise<void> {
  const [main = "", ...others] = doorSources(folder);
  const core = await loadedAtOnce(folder, main);
  const code = await rolldown({
    cwd: join(root, folder),
    input: Object.fromEntries([main, ...others].map((source) => [nameOf(source), source])),
    // Packages and what Node brings along.
    external: /^(?![./]|[A-Za-z]:)/,
    platform: "node",
  });
  const { output } = await code.write({
    dir: "dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    sourcemap: true,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    codeSplitting: { groups: [{ name: "core", test: (id) => core.has(id) }] },
  });
  const chunks = output.filter((file) => file.type === "chunk");
  const files = Object.fromEntries(
    chunks.map(({ fileName, imports }) => [fileName, { imports: imports.map(toImport) }]),
  );
  const loaded = [...statically(files, "index.js")].filter((file) => Object.hasOwn(files, file));
  if (loaded.length > mostFiles) throw new Error(`${folder} loads ${loaded.join(", ")} at once: too many files`);
}

function toImport(path: string) {
  return { path, kind: "import-statement" };
}

/** Where a door is in `dist`, without its ending: `index`, `stores/file`, … */
function nameOf(source: string): string {
  return source.replace("./src/", "").replace(/\.ts$/, "");
}
