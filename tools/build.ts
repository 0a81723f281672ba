/**
 * Builds the published packages: the compiler checks and writes the declarations, esbuild bundles the code. To find and
 * load a module costs Node a good part of a millisecond, and the library has more than a hundred: bundled, an import
 * loads four. What the sources load by `import()` stays in chunks of its own, loaded when it is needed.
 */
import { join } from "node:path";
import { build } from "esbuild";
import { doorSources, publishedFolders, root } from "./packages.ts";
import { runNode } from "./run-node.ts";

for (const folder of publishedFolders) await Promise.all([writeDeclarations(folder), bundle(folder)]);

async function writeDeclarations(folder: string): Promise<void> {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = await runNode([compiler, "-p", join(folder, "tsconfig.build.json")], root);
  if (status !== 0) throw new Error(`${folder} does not compile:\n${stdout}`);
}

/** Names stay as they are, for whoever reads a stack trace without the source maps. */
async function bundle(folder: string): Promise<void> {
  await build({
    absWorkingDir: join(root, folder),
    entryPoints: [...doorSources(folder)],
    outbase: "src",
    outdir: "dist",
    entryNames: "[dir]/[name]",
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting: true,
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20.19",
    minifyWhitespace: true,
    sourcemap: true,
    legalComments: "none",
    logLevel: "warning",
  });
}
