import type { FileHandle } from "node:fs/promises";
import { abortedError } from "../../error/aborted.ts";
import { MsalError } from "../../error/msal-error.ts";
import { type Clock, sleep } from "../../runtime/clock.ts";
import { createNamedTurns } from "../../runtime/named-turns.ts";
import { randomFraction } from "../../runtime/random.ts";
import { whileBusy } from "./while-busy.ts";

/** Takes the lock on an open file, or says at once that somebody else has it. */
type TryLock = (descriptor: number) => boolean;

/** Milliseconds between two looks at a lock that somebody else has. */
const shortestWait = 2;
const longestWait = 20;

/** Those of this process stand in one queue a file: only the first of them looks at it. */
const inTurn = createNamedTurns();

/**
 * Runs `critical` while no other process and nobody else in this one does so for the same lock file.
 *
 * The lock is the operating system's, which takes it back from a process that dies, however it dies. The file is only
 * there while somebody holds or wants the lock.
 */
export function withFileLock<T>(
  path: string,
  critical: () => Promise<T>,
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal | undefined },
): Promise<T> {
  return inTurn(path, () => hold(path, critical, clock, signal), signal);
}

async function hold<T>(
  path: string,
  critical: () => Promise<T>,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<T> {
  const { unlink } = await import("node:fs/promises");
  const file = await take(path, clock, signal);
  try {
    return await critical();
  } finally {
    // First the name, then the lock: whoever finds the file has to wait for it, or finds that it is none any more.
    await unlink(path).catch(() => {});
    await file.close();
  }
}

async function take(path: string, clock: Clock, signal: AbortSignal | undefined): Promise<FileHandle> {
  const { open } = await import("node:fs/promises");
  const tryLock = await loadTryLock();
  for (;;) {
    const file = await whileBusy(clock, () => open(path, "a+", 0o600));
    try {
      await untilLocked(() => locks(path, () => tryLock(file.fd)), clock, signal);
      if (await isNamed(file, path)) return file;
    } catch (error) {
      await file.close();
      throw error;
    }
    // Its last holder took the name away after we had opened it.
    await file.close();
  }
}

/** Opened once and tried often: to try costs a fraction of what it costs to open. */
async function untilLocked(tries: () => boolean, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) throw abortedError(signal);
  while (!tries()) {
    await sleep(clock, shortestWait + randomFraction() * (longestWait - shortestWait), signal);
  }
}

/** NFS without its lock service, and some folders that are shared in other ways, have files but no locks. */
function locks(path: string, tries: () => boolean): boolean {
  try {
    return tries();
  } catch (cause) {
    throw new MsalError(
      "store_cannot_lock",
      `No lock can be had on "${path}", so programs that run at once would undo each other's work. Choose a folder on ` +
        'a local disk with "path".',
      { cause },
    );
  }
}

/** Whether that is the file which whoever comes next will find under the name. */
async function isNamed(file: FileHandle, path: string): Promise<boolean> {
  const { stat } = await import("node:fs/promises");
  const mine = await file.stat({ bigint: true });
  const named = await stat(path, { bigint: true }).catch(() => undefined);
  return named?.ino === mine.ino && named.dev === mine.dev;
}

async function loadTryLock(): Promise<TryLock> {
  try {
    const { default: native } = await import("fs-native-extensions");
    return (descriptor) => native.tryLock(descriptor);
  } catch (cause) {
    throw new MsalError(
      "dependency_missing",
      "A token store in a file needs the operating system's locks. Run: npm install fs-native-extensions@1",
      { cause },
    );
  }
}
