import type { Clock } from "../../runtime/clock.ts";
import { whileBusy } from "./while-busy.ts";
import { writePrivateFile } from "./write-private-file.ts";

/**
 * Puts a text in the place of a file's, for the owner's eyes alone. Whoever reads meanwhile, and whoever reads after a
 * crash or a power cut, finds the text before or the text after, never a part. A call that fails leaves the text
 * before.
 *
 * One at a time: what an interrupted call left behind is written over by the next.
 */
export async function replaceFile(path: string, text: string, clock: Clock): Promise<void> {
  const { rename, rm } = await import("node:fs/promises");
  const draft = `${path}.draft`;
  await rm(draft, { force: true });
  try {
    await writePrivateFile(draft, text);
    await whileBusy(clock, () => rename(draft, path));
  } catch (error) {
    // Half a text helps nobody, least of all on a full disk.
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolderOf(path);
}

/**
 * A power cut may undo a new name as long as the folder is not on the disk, and a refresh token that was spent would be
 * back. Not every system opens folders; where it does not, the new text is in its place all the same.
 */
async function syncFolderOf(path: string): Promise<void> {
  const { open } = await import("node:fs/promises");
  const paths = await import("node:path");
  try {
    const folder = await open(paths.dirname(path), "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch {
    // What was asked for is done.
  }
}
