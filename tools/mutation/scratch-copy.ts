import { execFileSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Copies the work tree, as it is and without what git ignores, into a new folder where it can be run and broken. */
export function copyWorkTree(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), "msal-ts-mutants-"));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const path of listed.toString().split("\0")) {
    // Git lists a deleted file until the deletion is committed.
    if (path === "" || !existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(root, path), join(copy, path));
  }
  linkPackages(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** Registry packages are shared; links into the workspace stay relative, so that they lead into the copy. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const isScope = name.startsWith("@") && !lstatSync(join(from, name)).isSymbolicLink();
    if (isScope) linkPackages(join(from, name), join(to, name));
    else if (lstatSync(join(from, name)).isSymbolicLink())
      cpSync(join(from, name), join(to, name), { verbatimSymlinks: true });
    else symlinkSync(join(from, name), join(to, name));
  }
}
