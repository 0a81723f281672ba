import { fileURLToPath } from "node:url";
import { pythonInterpreter } from "@msal-ts/interop/python";
import type { Library } from "../peers/libraries.ts";
import { bundle } from "./bundle.ts";
import { nodeProgram, type Program } from "./program.ts";

/** What measures a library, in the language that it is written for. Both take the same job and say the same lines. */
export async function programOf({ runtime }: Library, measure: "held" | "misses"): Promise<Program> {
  if (runtime === "node") return nodeProgram(await bundle(new URL(`../${measure}/measure.ts`, import.meta.url)));
  const script = fileURLToPath(new URL(`../python/${measure}.py`, import.meta.url));
  return { command: pythonInterpreter(), args: ["-B", script] };
}
