import { join } from "node:path";
import { startEmulator } from "@msal-ts/emulator";
import { MsalError } from "msal-ts";
import { describe, expect, it } from "vitest";
import { root } from "./packages.ts";
import { runNode } from "./run-node.ts";

async function importSource(path: string): Promise<Record<string, unknown>> {
  const module: unknown = await import(join(root, "packages", path));
  return { ...(module as Record<string, unknown>) };
}

describe("the packages of the workspace", () => {
  it("are tested from their sources, never from an old build", async () => {
    expect((await importSource("msal/src/index.ts"))["MsalError"]).toBe(MsalError);
    expect((await importSource("emulator/src/index.ts"))["startEmulator"]).toBe(startEmulator);
  });

  it.each([
    ["msal-ts", "packages/msal/src/index.ts"],
    ["@msal-ts/emulator", "packages/emulator/src/index.ts"],
  ])("run from their sources by hand, too: %s", async (name, source) => {
    const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
    const print = `console.log(import.meta.resolve("${name}"))`;
    const { stdout } = await runNode(
      [tsx, "--conditions=@msal-ts/source", "--input-type=module", "--eval", print],
      root,
    );
    expect(stdout).toContain(source);
  });
});
