import type { StoredPartition, UnchangedPartition } from "../../cache/token-store.ts";
import { systemErrorCode } from "../../error/system-error-code.ts";
import { hex, sha256 } from "../../protocol/digest.ts";
import type { Clock } from "../../runtime/clock.ts";
import { withFileLock } from "./file-lock.ts";
import { createFingerprints } from "./fingerprint.ts";
import { checkPrivate } from "./private-folder.ts";
import { replaceFile } from "./replace-file.ts";

/**
 * Files whose text has a version: its hash, since other programs write them too and know of none. Changes are made only
 * to the expected version, by one process at a time.
 */
export interface VersionedFiles {
  /** The text and its version; without the text where that is the known version; `undefined` where there is no file. */
  read(path: string, known?: string): Promise<StoredPartition | UnchangedPartition | undefined>;
  /** Puts a text in the place of the expected version (absent: of no file); `undefined` when another is there. */
  replace(path: string, data: string, expected?: string): Promise<{ readonly version: string } | undefined>;
  /** Takes the expected version away. True when it is gone. */
  remove(path: string, expected: string): Promise<boolean>;
}

/** Makes the view of one store on its files. */
export function createVersionedFiles(clock: Clock): VersionedFiles {
  const fingerprints = createFingerprints(clock);

  async function read(path: string, known?: string): Promise<StoredPartition | UnchangedPartition | undefined> {
    const file = await openToRead(path);
    if (file === undefined) return undefined;
    try {
      const stats = await file.stat({ bigint: true });
      checkPrivate(path, { mode: Number(stats.mode), uid: Number(stats.uid) }, "600");
      const seen = fingerprints.versionOf(path, stats);
      if (seen !== undefined && seen === known) return { version: seen };
      const data = await file.readFile("utf8");
      const version = await versionOf(data);
      fingerprints.read(path, stats, version);
      return version === known ? { version } : { data, version };
    } finally {
      await file.close();
    }
  }

  /** Changes a file that still has this version, while nobody else does. */
  function change<T>(path: string, expected: string | undefined, make: () => Promise<T>): Promise<T | undefined> {
    const critical = async (): Promise<T | undefined> => {
      const found = await read(path);
      return found?.version === expected ? make() : undefined;
    };
    return withFileLock(`${path}.lock`, critical, { clock });
  }

  return {
    read,
    replace: (path, data, expected) =>
      change(path, expected, async () => {
        await replaceFile(path, data, clock);
        return { version: await versionOf(data) };
      }),
    async remove(path, expected) {
      const { rm } = await import("node:fs/promises");
      return (await change(path, expected, async () => rm(path, { force: true }).then(() => true))) ?? false;
    },
  };
}

async function openToRead(path: string) {
  const { open } = await import("node:fs/promises");
  try {
    return await open(path, "r");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function versionOf(data: string): Promise<string> {
  return hex(await sha256(data));
}
