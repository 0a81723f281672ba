import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = await readFile(new URL("quick-start.ts", import.meta.url), "utf8");

it("the README prints the quick start as it is tested", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");
  expect(readme).toContain(`\`\`\`ts\n${source}\`\`\`\n`);
});

it("the quick start runs as it stands, in an empty project and as plain JavaScript too", async () => {
  const project = await mkdtemp(join(tmpdir(), "quick-start-"));
  try {
    await symlink(join(root, "node_modules"), join(project, "node_modules"));
    await writeFile(join(project, "quick-start.mjs"), source);
    expect(await run(join(project, "quick-start.mjs"))).toBe("Signed in as alice@contoso.onmicrosoft.com\n");
  } finally {
    await rm(project, { recursive: true });
  }
});

/** The packages come from their sources; the program itself is none that a compiler would have to touch. */
function run(program: string): Promise<string> {
  const child = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), "--conditions=@msal-ts/source", program],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", () => resolve(output));
  });
}
