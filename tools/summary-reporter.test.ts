import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { runNode } from "./run-node.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs these test files in a project of their own; gives the last line and the exit code. */
async function run(files: Record<string, string>): Promise<{ last: string | undefined; status: number | null }> {
  const folder = mkdtempSync(join(tmpdir(), "summary-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter", "default", "--reporter", join(root, "tools", "summary-reporter.ts")];
  const { stdout, status } = await runNode([vitest, "run", "--globals", "--root", folder, ...reporters], folder);
  return { last: stdout.trimEnd().split("\n").at(-1), status };
}

describe("the last line of a test run", () => {
  it("is silent about skipped tests where there are none", async () => {
    expect(await run({ "a.test.js": `it("a", () => {});` })).toEqual({ last: "1 passed, 0 failed", status: 0 });
  });

  it("counts failed and skipped tests, and what fails outside of any test", async () => {
    const files = {
      "mixed.test.js": `it("a", () => {}); it("b", () => { throw new Error("b"); }); it.skip("c", () => {});`,
      "broken-file.test.js": `throw new Error("a");`,
      "broken-hook.test.js": `describe("a", () => { beforeAll(() => { throw new Error("b"); }); it("c", () => {}); });`,
      "lost-error.test.js": `it("a", () => { void Promise.reject(new Error("lost")); });`,
    };
    expect(await run(files)).toEqual({ last: "2 passed, 4 failed, 2 skipped", status: 1 });
  });
});
