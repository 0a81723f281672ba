import type { Stats } from "node:fs";
import { MsalError } from "../../error/msal-error.ts";
import { operatingSystem, userId } from "../../runtime/environment.ts";

/** The rights of everybody but the owner. Windows has other means, and inherits them from the user's folder. */
const othersMay = 0o077;

/**
 * Makes the folder of a file, for its owner alone, or checks that it is so.
 *
 * @throws `MsalError` `store_unsafe` when others may enter it, or it is somebody else's.
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  const { mkdir, stat } = await import("node:fs/promises");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  checkPrivate(folder, await stat(folder), "700");
}

/**
 * Checks that a file or folder is its owner's alone, and that we are the owner.
 *
 * @throws `MsalError` `store_unsafe`, with the command that mends it.
 */
export function checkPrivate(path: string, { mode, uid }: Pick<Stats, "mode" | "uid">, wanted: "600" | "700"): void {
  if (operatingSystem() === "win32") return;
  if (uid !== userId()) {
    throw unsafe(`"${path}" belongs to another user. Choose another place for the tokens with "path".`);
  }
  if ((mode & othersMay) === 0) return;
  const rights = (mode & 0o777).toString(8);
  throw unsafe(`Others may use "${path}" (its mode is ${rights}), and it holds tokens. Run: chmod ${wanted} '${path}'`);
}

function unsafe(message: string): MsalError {
  return new MsalError("store_unsafe", message);
}
