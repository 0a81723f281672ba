import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../packages.ts";
import { statically } from "./eager.ts";

/** The paths of all sources that a door loads at once. */
export async function loadedAtOnce(folder: string, door: string): Promise<ReadonlySet<string>> {
  const { metafile } = await build({
    absWorkingDir: join(root, folder),
    entryPoints: [door],
    bundle: true,
    packages: "external",
    platform: "node",
    write: false,
    metafile: true,
    logLevel: "warning",
  });
  const sources = statically(metafile.inputs, door.replace("./", ""));
  return new Set([...sources].map((source) => join(root, folder, source)));
}
