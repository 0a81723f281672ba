import { chmod, chown, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fileStore } from "../../../src/stores/file.ts";

describe("B4.20 the rights of a store's file and folder", () => {
  let home: string;
  let path: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "msal-ts-rights-"));
    path = join(home, "a", "b", "tokens.json");
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await rm(home, { recursive: true, force: true });
  });

  async function rightsOf(place: string): Promise<string> {
    return ((await stat(place)).mode & 0o777).toString(8);
  }

  it.each(["777", "177", "022", "000"])("are its owner's alone whatever the umask, here %s", async (umask) => {
    const former = process.umask(umask);
    try {
      expect(await fileStore({ path }).set("all", "{}", {})).toHaveProperty("version");
    } finally {
      process.umask(former);
    }
    expect(await rightsOf(path)).toBe("600");
    expect([await rightsOf(dirname(path)), await rightsOf(dirname(dirname(path)))]).toEqual(["700", "700"]);
  });

  it.each([
    ["711", "enter it but not list it"],
    ["755", "list it"],
    ["770", "write in it"],
  ])("are refused with mode %s of the folder: others may %s", async (mode) => {
    await mkdir(dirname(path), { recursive: true });
    await chmod(dirname(path), mode);
    await expect(fileStore({ path }).set("all", "{}", {})).rejects.toMatchObject({
      code: "store_unsafe",
      message: containing(`chmod 700 '${dirname(path)}', or choose a folder that holds nothing else`),
    });
    expect(await rightsOf(dirname(path))).toBe(mode);
  });

  it.each(["644", "640", "606", "620"])("are refused with mode %s of the file", async (mode) => {
    const store = fileStore({ path });
    await store.set("all", "{}", {});
    await chmod(path, mode);
    const refusal = { code: "store_unsafe", message: containing(`chmod 600 '${path}'`) };
    await expect(store.get("all")).rejects.toMatchObject(refusal);
    await expect(store.set("all", "{1}", {})).rejects.toMatchObject(refusal);
    await expect(store.delete("all")).rejects.toMatchObject(refusal);
    expect(await rightsOf(path)).toBe(mode);
  });

  it("are refused when the folder is somebody else's", async () => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // To whom nobody gives files but the one who may: then it is the program that is somebody else.
    if (process.getuid?.() === 0) await chown(dirname(path), 65_534, 65_534);
    else vi.stubGlobal("process", { ...process, getuid: () => 4_000_000 });
    await expect(fileStore({ path }).set("all", "{}", {})).rejects.toMatchObject({
      code: "store_unsafe",
      message: containing(`"${dirname(path)}" belongs to another user`),
    });
  });

  it("are refused when the file is somebody else's", async () => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, "{}", { mode: 0o600 });
    const store = fileStore({ path });
    await store.get("all");
    vi.stubGlobal("process", { ...process, getuid: () => 4_000_000 });
    await expect(store.get("all")).rejects.toMatchObject({ message: containing(`"${path}" belongs to another user`) });
  });
});

function containing(text: string): unknown {
  return expect.stringContaining(text);
}
