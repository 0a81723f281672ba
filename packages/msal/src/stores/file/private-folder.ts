import type { Stats } from "node:fs";
import { MsalError } from "../../error/msal-error.ts";
import { systemErrorCode } from "../../error/system-error-code.ts";
import { operatingSystem, userId } from "../../runtime/environment.ts";

/** The rights of everybody but the owner. Windows has other means, and inherits them from the user's folder. */
const othersMay = 0o077;

/**
 * Makes the folder of a file, for its owner alone, or checks that it is so.
 *
 * @throws `MsalError` `store_unsafe` when others may enter it, or it is somebody else's.
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  const { stat } = await import("node:fs/promises");
  await makeFolder(folder);
  checkPrivate(folder, await stat(folder), "700");
}

/** One after the other from the top: a program's umask may take from a new folder what its owner needs to enter it. */
async function makeFolder(folder: string): Promise<void> {
  const { chmod, mkdir } = await import("node:fs/promises");
  const paths = await import("node:path");
  try {
    await mkdir(folder, { mode: 0o700 });
    await chmod(folder, 0o700);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === "EEXIST") return;
    const above = paths.dirname(folder);
    if (code !== "ENOENT" || above === folder) throw error;
    await makeFolder(above);
    await makeFolder(folder);
  }
}

/**
 * Checks that a file or folder is its owner's alone, and that we are the owner.
 *
 * @throws `MsalError` `store_unsafe`, with the command that mends it.
 */
export function checkPrivate(path: string, { mode, uid }: Pick<Stats, "mode" | "uid">, wanted: "600" | "700"): void {
  if (operatingSystem() === "win32") return;
  if (uid !== userId()) {
    throw unsafe(`"${path}" belongs to another user. Choose another place with "path".`);
  }
  if ((mode & othersMay) === 0) return;
  const rights = (mode & 0o777).toString(8);
  const advice = wanted === "700" ? ', or choose a folder that holds nothing else with "path"' : "";
  throw unsafe(
    `Others may use "${path}" (its mode is ${rights}), and what it holds is secret. Run: chmod ${wanted} '${path}'${advice}`,
  );
}

function unsafe(message: string): MsalError {
  return new MsalError("store_unsafe", message);
}
