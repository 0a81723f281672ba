/**
 * Puts a text in the place of a file's, for the owner's eyes alone. Whoever reads meanwhile, and whoever reads after a
 * crash or a power cut, finds the text before or the text after, never a part.
 *
 * One at a time: what an interrupted call left behind is written over by the next.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const { open, rename, rm } = await import("node:fs/promises");
  const draft = `${path}.draft`;
  await rm(draft, { force: true });
  const file = await open(draft, "wx", 0o600);
  try {
    // A program's umask may take from it what its owner needs.
    await file.chmod(0o600);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}
