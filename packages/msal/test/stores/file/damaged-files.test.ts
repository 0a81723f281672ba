import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PartitionedTokenCache } from "../../../src/cache/partitioned-token-cache.ts";
import type { TokenStore } from "../../../src/cache/token-store.ts";
import { encryptedStore, type KeySource } from "../../../src/stores/encrypted.ts";
import { makeSecret } from "../../../src/stores/encryption/encryption-key.ts";
import { fileStore } from "../../../src/stores/file.ts";
import { userAnswer } from "../../cache/token-answers.ts";
import { msalErrorFrom } from "../../support/thrown.ts";

const alice = { homeAccountId: "alice.home" };
const secrets = [makeSecret(), makeSecret()];
const [key, otherKey] = secrets.map(
  (secret): KeySource =>
    () =>
      Promise.resolve(secret),
);

describe("B4.21 a damaged file", () => {
  let folder: string;
  let path: string;
  let warnings: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "msal-ts-damaged-"));
    path = join(folder, "private", "tokens.json");
    warnings = [];
    await mkdir(dirname(path), { mode: 0o700 });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function cacheOf(store: TokenStore): PartitionedTokenCache {
    return new PartitionedTokenCache(store, { logger: { warn: (line) => void warnings.push(line) } });
  }
  async function signIn(store: TokenStore): Promise<void> {
    await cacheOf(store).change(alice, (cache) => cache.add(userAnswer("alice")));
  }
  function encrypted(source: KeySource = key as KeySource): TokenStore {
    return encryptedStore(fileStore({ path }), { key: source });
  }

  it("is set aside whole beside the new one, for its owner alone, and the user signs in again", async () => {
    const store = fileStore({ path });
    await writeFile(path, '{"AccessToken": half a te', { mode: 0o600 });
    expect((await cacheOf(store).open(alice)).find("Account")).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("set aside")]);
    await signIn(store);
    expect(await readFile(path, "utf8")).toContain("rt-alice");
    const aside = (await readdir(dirname(path))).find((name) => name.includes("corrupt")) ?? "";
    expect(await readFile(join(dirname(path), aside), "utf8")).toBe('{"AccessToken": half a te');
    expect((await stat(join(dirname(path), aside))).mode & 0o777).toBe(0o600);
    const name = (await store.list?.())?.find((each) => each.startsWith("corrupt:all:")) ?? "";
    expect(await store.get(name)).toMatchObject({ data: '{"AccessToken": half a te' });
  });

  it("is no token cache within a whole envelope: set aside, encrypted", async () => {
    const store = encrypted();
    await store.set("all", "no cache", {});
    await cacheOf(store).open(alice);
    const aside = (await readdir(dirname(path))).find((name) => name.includes("corrupt")) ?? "";
    expect(await readFile(join(dirname(path), aside), "utf8")).not.toContain("no cache");
    const name = (await store.list?.())?.find((each) => each.startsWith("corrupt:all:")) ?? "";
    expect(await store.get(name)).toMatchObject({ data: "no cache" });
  });

  it.each<[string, (text: string) => string]>([
    ["with a changed bit", (text) => text.replace(/.(.)"}$/, (_, last) => `${last}${last}"}`)],
    ["that was cut off", (text) => text.slice(0, -10)],
  ])("is an envelope %s: set aside, and the user signs in again", async (_, damage) => {
    await signIn(encrypted());
    const broken = damage(await readFile(path, "utf8"));
    await writeFile(path, broken);
    const store = encrypted();
    expect((await cacheOf(store).open(alice)).find("Account")).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("set aside")]);
    const name = (await store.list?.())?.find((each) => each.startsWith("corrupt:all:")) ?? "";
    expect(await store.get(name)).toMatchObject({ data: `damaged: ${broken}` });
    await signIn(store);
    expect((await cacheOf(encrypted()).open(alice)).find("RefreshToken")).toHaveLength(1);
  });

  it("is none where the key is another: every call ends, and the file stays as it is", async () => {
    await signIn(encrypted());
    const before = await readFile(path, "utf8");
    const store = encrypted(otherKey);
    const error = await msalErrorFrom(Promise.resolve(cacheOf(store).open(alice)));
    const remedy = expect.stringContaining('Give it in "previousKeys", or delete it') as unknown;
    expect(error).toMatchObject({ code: "store_unreadable", message: remedy });
    await expect(signIn(store)).rejects.toMatchObject({ code: "store_unreadable" });
    await expect(cacheOf(store).openUsers()).rejects.toMatchObject({ code: "store_unreadable" });
    expect(await readFile(path, "utf8")).toBe(before);
    expect(await readdir(dirname(path))).toEqual(["tokens.json"]);
    expect(warnings).toEqual([]);
  });

  it("is none where nothing can be written, as on a read-only disk: calls go on in memory, and a warning says why", async () => {
    await signIn(fileStore({ path }));
    // No file can be written in the place of this folder.
    await mkdir(join(`${path}.draft`, "in the way"), { recursive: true });
    const cache = cacheOf(fileStore({ path }));
    const bob = { homeAccountId: "bob.home" };
    const changed = await cache.change(bob, (held) => held.add(userAnswer("bob")));
    expect(changed.find("RefreshToken").map(({ secret }) => secret)).toEqual(["rt-alice", "rt-bob"]);
    expect(warnings).toEqual([expect.stringMatching(/kept in memory until it is back: .*draft/)]);
    expect(await readFile(path, "utf8")).not.toContain("rt-bob");
  });
});
