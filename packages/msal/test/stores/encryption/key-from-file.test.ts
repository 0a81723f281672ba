import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSecret } from "../../../src/stores/encryption/encryption-key.ts";
import { keyFromFile } from "../../../src/stores/encryption/key-from-file.ts";

const made = { mayMake: true };
const earlier = { mayMake: false };

describe("keyFromFile", () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "msal-ts-key-"));
    path = join(folder, "keys", "cache.key");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("makes the file once, for its owner alone, whoever comes first", async () => {
    const secrets = await Promise.all(Array.from({ length: 8 }, () => keyFromFile(path)(made)));
    expect(new Set(secrets).size).toBe(1);
    expect(await readFile(path, "utf8")).toBe(secrets[0]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
    expect(await readdir(dirname(path))).toEqual(["cache.key"]);
  });

  it("refuses a file that others may read, and a folder that they may enter", async () => {
    await mkdir(dirname(path), { mode: 0o700 });
    await writeFile(path, makeSecret());
    await chmod(path, 0o640);
    await expect(keyFromFile(path)(made)).rejects.toMatchObject({
      code: "store_unsafe",
      message: containing(`chmod 600 '${path}'`),
    });
    await chmod(path, 0o600);
    await chmod(dirname(path), 0o711);
    await expect(keyFromFile(path)(made)).rejects.toMatchObject({
      code: "store_unsafe",
      message: containing(`chmod 700 '${dirname(path)}'`),
    });
  });

  it("makes no file that was to hold an earlier key", async () => {
    await expect(keyFromFile(path)(earlier)).rejects.toMatchObject({
      code: "store_key_unusable",
      message: containing(`There is no key file "${path}"`),
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it("says where it cannot write, and does not go on without a key", async () => {
    await writeFile(join(folder, "keys"), "a file in the place of the folder", { mode: 0o600 });
    await expect(keyFromFile(join(folder, "keys", "deeper", "cache.key"))(made)).rejects.toMatchObject({
      code: "store_key_unusable",
      message: containing("can be neither read nor made"),
    });
  });

  it("refuses an empty path", () => {
    expect(() => keyFromFile("")).toThrow('"path" must be a text that is not empty');
  });
});

function containing(text: string): unknown {
  return expect.stringContaining(text);
}
