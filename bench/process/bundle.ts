import { mkdir, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Inside the package, so that what is not bundled is found from there. Git and the linters leave it alone. */
const outdir = fileURLToPath(new URL("../node_modules/.cache/msal-ts-bench", import.meta.url));

/**
 * Makes a program that plain Node runs, with this library in it: a loader of TypeScript would be measured as well. The
 * code is what `npm run build` publishes, from the same sources by the same bundler. Gives its path.
 */
export async function bundle(entry: URL): Promise<string> {
  await mkdir(outdir, { recursive: true });
  const path = fileURLToPath(entry);
  const name = path.split(/[/\\]/).slice(-2).join("-").replace(/\.ts$/, "");
  await build({
    entryPoints: [{ in: path, out: name }],
    outdir,
    outExtension: { ".js": ".mjs" },
    chunkNames: `${basename(name)}-[name]-[hash]`,
    bundle: true,
    splitting: true,
    conditions: ["@msal-ts/source"],
    external: await otherPackages(),
    format: "esm",
    platform: "node",
    target: "node20.19",
    minifyWhitespace: true,
    logLevel: "warning",
  });
  return `${outdir}/${name}.mjs`;
}

/** All that the bench and the library depend on. */
async function otherPackages(): Promise<string[]> {
  const manifests = [
    new URL("../package.json", import.meta.url),
    new URL("../../packages/msal/package.json", import.meta.url),
  ];
  const texts = await Promise.all(manifests.map(async (manifest) => readFile(manifest, "utf8")));
  return texts.flatMap((text) => {
    const manifest = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
    return ["dependencies", "devDependencies", "peerDependencies"].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
  });
}
