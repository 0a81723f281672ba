import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The worker as one file, from the sources of now. */
export interface BundledWorker extends AsyncDisposable {
  readonly program: string;
}

/**
 * Bundles the worker: a process that loads it starts in a tenth of the time that one takes which compiles the sources,
 * and here processes start all the time. Only the native package stays where it is.
 */
export async function bundleWorker(): Promise<BundledWorker> {
  const folder = await mkdtemp(join(tmpdir(), "msal-ts-worker-"));
  const native = createRequire(import.meta.url).resolve("fs-native-extensions");
  await build({
    entryPoints: [fileURLToPath(new URL("worker.ts", import.meta.url))],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    conditions: ["@msal-ts/source"],
    alias: { "fs-native-extensions": native },
    external: [native, "@azure/*", "@napi-rs/*", "node-forge", "undici", "open"],
    // The client of Redis asks for Node's modules in the old way.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  return {
    program: join(folder, "worker.mjs"),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
