import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Outcome, Plan } from "./plan.ts";

const program = fileURLToPath(new URL("program.ts", import.meta.url));

/** What the native runtime is linked with, and a bare Debian does not have. */
const libraries = ["libwebkit2gtk-4.1.so.0", "libsecret-1.so.0"];

/** Whether this machine can load the native runtime. */
export function hasLibraries(): boolean {
  if (process.platform !== "linux" || process.arch !== "x64") return false;
  try {
    const known = execFileSync("/sbin/ldconfig", ["-p"], { encoding: "utf8" });
    return libraries.every((name) => known.includes(name));
  } catch {
    return false;
  }
}

/** Runs the program on this machine as it is. */
export function runProgram(plan: Plan): Promise<Outcome> {
  return run(plan, {});
}

/**
 * Runs the program as on a machine that cannot load one of the libraries: the loader finds an empty file of its name
 * first, and gives up.
 */
export async function runWithoutLibrary(plan: Plan): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "native-broker-"));
  try {
    writeFileSync(join(folder, "libsecret-1.so.0"), "");
    return await run(plan, { LD_LIBRARY_PATH: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(plan: Plan, environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const command = ["--import", "tsx", "--conditions=@msal-ts/source", program, JSON.stringify(plan)];
  const options = { env: { ...process.env, ...environment }, timeout: 50_000 };
  const { stdout } = await promisify(execFile)(process.execPath, command, options);
  return JSON.parse(stdout) as Outcome;
}
