/** Writes a new file that its owner alone may read, down to the disk. Rejects where there is one of that name. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const { open } = await import("node:fs/promises");
  const file = await open(path, "wx", 0o600);
  try {
    // A program's umask may take from it what its owner needs.
    await file.chmod(0o600);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
