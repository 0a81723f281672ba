import { unlinkSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { withFileLock } from "../../../src/stores/file/file-lock.ts";
import { ManualClock } from "../../support/manual-clock.ts";

const native = createRequire(import.meta.url)("fs-native-extensions") as { tryLock(descriptor: number): boolean };

describe("withFileLock", () => {
  const clock = new ManualClock(0, { autoAdvancing: true });
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "msal-ts-lock-"));
    path = join(folder, "a.lock");
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  });

  it("says which folder has no locks, and what to do", async () => {
    const cause = Object.assign(new Error("no locks available"), { code: "ENOLCK" });
    vi.spyOn(native, "tryLock").mockImplementation(() => {
      throw cause;
    });
    await expect(withFileLock(path, () => Promise.resolve("entered"), { clock })).rejects.toMatchObject({
      code: "store_cannot_lock",
      message: expect.stringMatching(/a\.lock.*local disk with "path"/) as unknown,
      cause,
      retryable: false,
    });
  });

  it("asks again for the lock that somebody else has, and opens the file once", async () => {
    const tryLock = vi.spyOn(native, "tryLock");
    tryLock.mockReturnValueOnce(false).mockReturnValueOnce(false);
    expect(await withFileLock(path, () => Promise.resolve("entered"), { clock })).toBe("entered");
    expect(new Set(tryLock.mock.calls.map(([descriptor]) => descriptor)).size).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it("takes no lock on a file whose name its last holder has taken away", async () => {
    const tryLock = vi.spyOn(native, "tryLock");
    const tries = tryLock.getMockImplementation() ?? (() => true);
    // As if the last holder were done between our opening the file and locking it.
    tryLock.mockImplementationOnce((descriptor) => {
      unlinkSync(path);
      return tries(descriptor);
    });
    await withFileLock(path, async () => expect(await readdir(folder)).toEqual(["a.lock"]), { clock });
    expect(tryLock).toHaveBeenCalledTimes(2);
  });
});
