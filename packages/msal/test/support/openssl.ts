import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Runs the `openssl` command and gives what it prints. `files` are laid into its working directory for the time of the
 * run, so that arguments can name them; `input` is its standard input.
 */
export function openssl(
  args: readonly string[],
  { files = {}, input = "" }: { files?: Readonly<Record<string, string>>; input?: string } = {},
): Buffer {
  const directory = mkdtempSync(join(tmpdir(), "msal-openssl-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text, { mode: 0o600 });
    return execFileSync("openssl", args, { cwd: directory, input, stdio: ["pipe", "pipe", "pipe"] });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
