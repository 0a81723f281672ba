import { systemErrorCode } from "../../error/system-error-code.ts";

/**
 * Where the file that a path names is, or will be. A link, as those who keep such files elsewhere make them, stays a
 * link: what it leads to is replaced, and all who come by it or directly meet at one place.
 */
export async function realPlace(path: string): Promise<string> {
  const { readlink, realpath } = await import("node:fs/promises");
  const paths = await import("node:path");
  try {
    return await realpath(path);
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") throw error;
  }
  // The file does not exist yet; its link may.
  const target = await readlink(path).catch(() => undefined);
  return target === undefined ? path : realPlace(paths.resolve(paths.dirname(path), target));
}
