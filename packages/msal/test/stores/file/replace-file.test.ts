import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceFile } from "../../../src/stores/file/replace-file.ts";
import { ManualClock } from "../../support/manual-clock.ts";

describe("replaceFile", () => {
  const clock = new ManualClock();
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "msal-ts-replace-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("replaces the file whole, so that whoever has it open reads the text before", async () => {
    const path = join(folder, "tokens.json");
    await replaceFile(path, "before", clock);
    const { ino } = await stat(path);
    await replaceFile(path, "after", clock);
    expect(await readFile(path, "utf8")).toBe("after");
    expect((await stat(path)).ino).not.toBe(ino);
  });

  it("leaves all as it was when it fails, and no draft", async () => {
    const path = join(folder, "tokens.json");
    await mkdir(join(path, "in the way"), { recursive: true });
    await expect(replaceFile(path, "after", clock)).rejects.toThrow("rename");
    expect(await readdir(folder)).toEqual(["tokens.json"]);
    expect(await readdir(path)).toEqual(["in the way"]);
  });
});
