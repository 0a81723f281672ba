import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A program as one file, from the sources of now. */
export interface BundledProgram extends AsyncDisposable {
  readonly path: string;
}

/** Packages with a part that is native: they stay where they are. */
const native = ["fs-native-extensions", "@napi-rs/keyring"];

/** Packages that these programs have no use for. */
const unused = ["@azure/*", "node-forge", "undici", "open"];

/**
 * Bundles a program, named by its URL: a process that loads one file starts in a tenth of the time that one takes which
 * compiles the sources, and some tests start many.
 */
export async function bundleProgram(program: URL): Promise<BundledProgram> {
  const folder = await mkdtemp(join(tmpdir(), "msal-ts-program-"));
  const { resolve } = createRequire(import.meta.url);
  const alias = Object.fromEntries(native.map((name) => [name, resolve(name)]));
  await build({
    entryPoints: { program: fileURLToPath(program) },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    conditions: ["@msal-ts/source"],
    alias,
    external: [...Object.values(alias), ...unused],
    // The client of Redis asks for Node's modules in the old way.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  return {
    path: join(folder, "program.mjs"),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
