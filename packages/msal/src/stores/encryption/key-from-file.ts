import { MsalError } from "../../error/msal-error.ts";
import { systemErrorCode } from "../../error/system-error-code.ts";
import { randomUuid } from "../../runtime/random.ts";
import { checkPrivate, makePrivateFolder } from "../file/private-folder.ts";
import { writePrivateFile } from "../file/write-private-file.ts";
import { checkText } from "./check-text.ts";
import { type KeySource, makeSecret } from "./encryption-key.ts";

/**
 * Takes the key from a file, which is made when there is none, for its owner alone.
 *
 * Whoever can read the file can read the tokens: this keeps them out of backups and shared folders that hold the tokens
 * but not the key. Where there is a keyring, it does better. Nodes that share a store need copies of one file.
 *
 * The source rejects with `MsalError` `store_unsafe` when others may read the file, and `store_key_unusable` when it
 * can be neither read nor made.
 *
 * @throws `MsalArgumentError` `invalid_option` when the path is empty.
 */
export function keyFromFile(path: string): KeySource {
  checkText("path", path, '"./secrets/token.key"');
  return async ({ mayMake }) => {
    const paths = await import("node:path");
    const file = paths.resolve(path);
    try {
      if (mayMake) await makePrivateFolder(paths.dirname(file));
      const secret = await readSecret(file);
      if (secret !== undefined) return secret;
      if (mayMake) return await makeFile(file);
    } catch (cause) {
      if (cause instanceof MsalError) throw cause;
      throw new MsalError(
        "store_key_unusable",
        `The key file "${file}" can be neither read nor made. Choose a place where the program may write.`,
        { cause },
      );
    }
    throw new MsalError(
      "store_key_unusable",
      `There is no key file "${file}", and an earlier key cannot be made anew.`,
    );
  };
}

async function readSecret(path: string): Promise<string | undefined> {
  const { readFile, stat } = await import("node:fs/promises");
  try {
    checkPrivate(path, await stat(path), "600");
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Written aside and then named, so that nobody reads a part of it; of two who make it at once the first one wins. */
async function makeFile(path: string): Promise<string> {
  const { link, rm } = await import("node:fs/promises");
  const draft = `${path}.${randomUuid()}`;
  const secret = makeSecret();
  try {
    // On the disk before anything is encrypted with it.
    await writePrivateFile(draft, secret);
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
