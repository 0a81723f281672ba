/**
 * What `import "msal-ts"` loads at once, what it loads when it is needed, and how large both are. Fails when something
 * is loaded at once that a daemon with a secret never uses.
 */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type OutputFile } from "esbuild";
import { eagerProblems, statically } from "./bundle/eager.ts";
import { doorSources, publishedFolders, root } from "./packages.ts";
import { reportProblems } from "./report-problems.ts";

const [folder = ""] = publishedFolders;
const problems: string[] = [];
for (const door of doorSources(folder)) problems.push(...(await report(door)));
reportProblems("bundle", problems);

async function report(door: string): Promise<string[]> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: join(root, folder),
    entryPoints: [door],
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
    outdir: "dist",
    // Machine code is no text to be bundled.
    loader: { ".node": "empty" },
    metafile: true,
    write: false,
    // Node loads what is imported, whether it is used or not: so do not shake the tree.
    ignoreAnnotations: true,
    logLevel: "silent",
  });
  const source = door.replace("./", "");
  // Whatever is loaded by import() is an entry point too.
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path]?.entryPoint === source);
  if (entry === undefined) throw new Error(`esbuild made no bundle of ${door}`);
  const eager = statically(metafile.outputs, entry);
  const isEager = ({ path }: OutputFile): boolean => [...eager].some((output) => path.endsWith(output));
  console.log(door);
  console.log(`  at once:        ${sizeOf(outputFiles.filter(isEager))}`);
  console.log(`  when needed:    ${sizeOf(outputFiles.filter((file) => !isEager(file)))}`);
  return eagerProblems(metafile.inputs, source);
}

function sizeOf(files: readonly OutputFile[]): string {
  const bytes = files.reduce((sum, { contents }) => sum + contents.length, 0);
  const zipped = files.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
  const kilobytes = (size: number): string => `${(size / 1024).toFixed(1)} kB`;
  return `${kilobytes(bytes)} minified, ${kilobytes(zipped)} zipped, ${files.length} files`;
}
