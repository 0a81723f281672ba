import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TokenStore } from "../../src/cache/token-store.ts";
import { fileStore } from "../../src/stores/file.ts";
import { storeConformance } from "../../src/testing/store-conformance.ts";
import { ManualClock } from "../support/manual-clock.ts";

describe("fileStore", () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "msal-ts-store-"));
    path = join(folder, "private", "tokens.json");
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  const places = new WeakMap<TokenStore, string>();
  let made = 0;
  const make = (again?: TokenStore): TokenStore => {
    const place = (again && places.get(again)) ?? join(folder, `private-${(made += 1)}`, "tokens.json");
    const store = fileStore({ path: place });
    places.set(store, place);
    return store;
  };

  it.each(storeConformance(make))("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it("keeps the one partition in the file itself, for its owner alone", async () => {
    await fileStore({ path }).set("all", '{"AccessToken":{}}', {});
    expect(await readFile(path, "utf8")).toBe('{"AccessToken":{}}');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o700);
    expect(await readdir(dirname(path))).toEqual(["tokens.json"]);
  });

  it("refuses a folder that others may enter, and a file that others may read, with the command that mends it", async () => {
    const store = fileStore({ path });
    await store.set("all", "{}", {});
    await chmod(path, 0o644);
    await expect(fileStore({ path }).get("all")).rejects.toMatchObject({
      code: "store_unsafe",
      message: containing(`chmod 600 '${path}'`),
    });
    await chmod(path, 0o600);
    await chmod(dirname(path), 0o755);
    await expect(fileStore({ path }).get("all")).rejects.toMatchObject({
      code: "store_unsafe",
      message: containing(`chmod 700 '${dirname(path)}'`),
    });
  });

  it("sees what a program writes in place, within the same moment and of the same length", async () => {
    const clock = new ManualClock();
    const store = fileStore({ path, clock });
    await store.set("all", "one", {});
    const first = await store.get("all");
    for (const text of ["two", "six", "ten"]) {
      await writeFile(path, text);
      expect(await store.get("all", { known: first?.version ?? "" })).toMatchObject({ data: text });
    }
  });

  it("reads no text again that has stood long enough", async () => {
    const clock = new ManualClock();
    const store = fileStore({ path, clock });
    await store.set("all", "text", {});
    const { version = "" } = (await store.get("all")) ?? {};
    clock.advance(3000);
    await store.get("all");
    // Unreadable from here on, but its outside still tells that nothing has changed.
    expect(await store.get("all", { known: version })).toEqual({ version });
  });

  it("writes over what an interrupted write left behind", async () => {
    const store = fileStore({ path });
    await store.set("all", "1", {});
    await writeFile(`${path}.draft`, "half a te");
    const { version = "" } = (await store.get("all")) ?? {};
    await store.set("all", "2", { expected: version });
    expect(await readFile(path, "utf8")).toBe("2");
    expect(await readdir(dirname(path))).toEqual(["tokens.json"]);
  });

  it("replaces what a link leads to, whether it exists yet or not, and leaves the link", async () => {
    const real = join(folder, "real", "tokens.json");
    await mkdir(dirname(path), { mode: 0o700 });
    await symlink("../real/tokens.json", path);
    for (const text of ["1", "2"]) {
      const { version } = (await fileStore({ path }).get("all")) ?? {};
      await fileStore({ path }).set("all", text, version === undefined ? {} : { expected: version });
      expect(await readlink(path)).toBe("../real/tokens.json");
      expect(await readFile(real, "utf8")).toBe(text);
    }
    expect((await stat(dirname(real))).mode & 0o777).toBe(0o700);
    expect(await readdir(dirname(path))).toEqual(["tokens.json"]);
  });

  it("takes over the lock of a process that was killed, at once", async () => {
    const store = fileStore({ path });
    await store.set("all", "1", {});
    const holder = promisify(execFile)(process.execPath, ["--input-type=module", "-e", holdAndDie, `${path}.lock`], {
      cwd: import.meta.dirname,
    });
    await expect(holder).rejects.toMatchObject({ signal: "SIGKILL", stdout: "locked" });
    expect(await readdir(dirname(path))).toContain("tokens.json.lock");
    const { version = "" } = (await store.get("all")) ?? {};
    expect(await store.set("all", "2", { expected: version })).toHaveProperty("version");
    expect(await readdir(dirname(path))).toEqual(["tokens.json"]);
  });

  it.each([
    ["path", { path: "" }],
    ["name", { name: "../elsewhere" }],
    ["name", { name: "" }],
  ])("refuses an unusable %s", (option, options) => {
    expect(() => fileStore(options)).toThrow(`"${option}" must be`);
  });
});

const holdAndDie = `
  import { openSync, writeSync } from "node:fs";
  import native from "fs-native-extensions";
  const descriptor = openSync(process.argv[1], "a+", 0o600);
  writeSync(1, native.tryLock(descriptor) ? "locked" : "not locked");
  process.kill(process.pid, "SIGKILL");
`;

function containing(text: string): unknown {
  return expect.stringContaining(text);
}
