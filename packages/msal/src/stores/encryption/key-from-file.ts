import { randomUuid } from "../../runtime/random.ts";
import { checkPrivate, makePrivateFolder } from "../file/private-folder.ts";
import { type KeySource, makeSecret } from "./encryption-key.ts";

/**
 * Takes the key from a file, which is made when there is none, for its owner alone.
 *
 * Whoever can read the file can read the tokens: this keeps them out of backups and shared folders that hold the tokens
 * but not the key. Where there is a keyring, it does better.
 *
 * The source rejects with `MsalError` `store_unsafe` when others may read the file.
 */
export function keyFromFile(path: string): KeySource {
  return async () => {
    const paths = await import("node:path");
    const file = paths.resolve(path);
    await makePrivateFolder(paths.dirname(file));
    return (await readSecret(file)) ?? makeFile(file);
  };
}

async function readSecret(path: string): Promise<string | undefined> {
  const { readFile, stat } = await import("node:fs/promises");
  try {
    checkPrivate(path, await stat(path), "600");
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Written aside and then named, so that nobody reads a part of it; of two who make it at once the first one wins. */
async function makeFile(path: string): Promise<string> {
  const { link, rm, writeFile } = await import("node:fs/promises");
  const draft = `${path}.${randomUuid()}`;
  const secret = makeSecret();
  await writeFile(draft, secret, { mode: 0o600 });
  try {
    await link(draft, path);
    return secret;
  } catch (error) {
    const existing = await readSecret(path);
    if (existing !== undefined) return existing;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
