import { describe, expect, it, vi } from "vitest";
import type { TokenStore } from "../../src/cache/token-store.ts";
import { encryptedStore, keyFromEnvironment, type KeySource } from "../../src/stores/encrypted.ts";
import { makeSecret } from "../../src/stores/encryption/encryption-key.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import { storeConformance } from "../../src/testing/store-conformance.ts";
import { msalErrorFrom } from "../support/thrown.ts";

const secret = makeSecret();
const key: KeySource = () => Promise.resolve(secret);
const otherKey: KeySource = () => Promise.resolve(makeSecret());
const state = '{"AccessToken":{"k":{"secret":"the-token"}}}';

async function textIn(store: TokenStore, partition = "user:a"): Promise<string> {
  return (await store.get(partition))?.data ?? "";
}

describe("encryptedStore", () => {
  const inner = new WeakMap<TokenStore, TokenStore>();
  const make = (again?: TokenStore): TokenStore => {
    const beneath = (again && inner.get(again)) ?? memoryStore();
    const store = encryptedStore(beneath, { key });
    inner.set(store, beneath);
    return store;
  };

  it.each(storeConformance(make))("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it("writes nothing that shows what is in it, and never the same twice", async () => {
    const beneath = memoryStore();
    const store = encryptedStore(beneath, { key });
    await store.set("user:a", state, {});
    const first = await textIn(beneath);
    expect(first).not.toMatch(/the-token|AccessToken/);
    expect(JSON.parse(first)).toMatchObject({ form: "msal-ts:A256GCM:1", kid: matching(/^[\da-f]{16}$/) });
    await store.delete("user:a");
    await store.set("user:a", state, {});
    expect(await textIn(beneath)).not.toBe(first);
  });

  it("reads what an earlier key encrypted, and writes with the new one", async () => {
    const beneath = memoryStore();
    await encryptedStore(beneath, { key }).set("user:a", state, {});
    const before: unknown = JSON.parse(await textIn(beneath));
    const rotated = encryptedStore(beneath, { key: () => Promise.resolve(nextSecret), previousKeys: [key] });
    const found = await rotated.get("user:a");
    expect(found?.data).toBe(state);
    await rotated.set("user:a", state, { expected: found?.version ?? "" });
    expect(JSON.parse(await textIn(beneath))).not.toMatchObject({ kid: kidOf(before) });
    expect(await textIn(encryptedStore(beneath, { key: () => Promise.resolve(nextSecret) }))).toBe(state);
  });

  it("refuses what another key encrypted; gives no text for what was put in another's place, or changed", async () => {
    const beneath = memoryStore();
    const store = encryptedStore(beneath, { key });
    await store.set("user:a", state, {});
    const text = await textIn(beneath);
    await expect(encryptedStore(beneath, { key: otherKey }).get("user:a")).rejects.toMatchObject({
      code: "store_unreadable",
      message: containing("previousKeys"),
    });
    await beneath.set("user:b", text, {});
    expect((await store.get("user:b"))?.data).toBe(`damaged: ${text}`);
    const changed = JSON.parse(text) as { data: string };
    changed.data = `${changed.data.startsWith("A") ? "B" : "A"}${changed.data.slice(1)}`;
    await beneath.set("user:c", JSON.stringify(changed), {});
    expect((await store.get("user:c"))?.data).toBe(`damaged: ${JSON.stringify(changed)}`);
  });

  it("reads plain text only when it is told to, and encrypts it with the next write", async () => {
    const beneath = memoryStore();
    await beneath.set("user:a", state, {});
    await expect(encryptedStore(beneath, { key }).get("user:a")).rejects.toMatchObject({
      code: "store_unreadable",
      message: containing("acceptPlainText"),
    });
    const moving = encryptedStore(beneath, { key, acceptPlainText: true });
    const found = await moving.get("user:a");
    expect(found?.data).toBe(state);
    await moving.set("user:a", state, { expected: found?.version ?? "" });
    expect(await textIn(beneath)).not.toContain("the-token");
  });

  it("asks for the key once, under the store's lock, and again after a failure", async () => {
    const beneath = memoryStore();
    const lock = vi.spyOn(beneath, "lock");
    const source = vi.fn<KeySource>().mockRejectedValueOnce(new Error("locked")).mockResolvedValue(secret);
    const store = encryptedStore(beneath, { key: source });
    await expect(store.set("user:a", state, {})).rejects.toThrow("locked");
    expect(await beneath.get("user:a")).toBeUndefined();
    await Promise.all([store.set("user:a", state, {}), store.set("user:b", state, {})]);
    expect(source).toHaveBeenCalledTimes(2);
    expect(lock.mock.calls.map(([name]) => name)).toEqual(["encryption-key", "encryption-key"]);
  });

  it("keeps what the store beneath says of itself", () => {
    const store = encryptedStore({ ...memoryStore(), partitioning: "single", maxAge: 5 }, { key });
    expect(store).toMatchObject({ partitioning: "single", maxAge: 5 });
  });

  it("lets the first source alone make a key", async () => {
    const [first, second] = [vi.fn<KeySource>().mockResolvedValue(secret), vi.fn<KeySource>(otherKey)];
    await encryptedStore(memoryStore(), { key: first, previousKeys: [second] }).set("user:a", state, {});
    expect(first).toHaveBeenCalledExactlyOnceWith({ mayMake: true });
    expect(second).toHaveBeenCalledExactlyOnceWith({ mayMake: false });
  });

  it("names the option whose source gives no key, and writes nothing", async () => {
    const beneath = memoryStore();
    const options = { key, previousKeys: [() => Promise.resolve("no-key-at-all")] };
    const error = await msalErrorFrom(encryptedStore(beneath, options).set("user:a", state, {}));
    expect(error).toMatchObject({ code: "store_key_unusable", message: containing('The source in "previousKeys"') });
    expect(String(error)).not.toContain("no-key-at-all");
    expect(await beneath.list?.()).toEqual([]);
  });

  it("refuses to be made without a key", () => {
    expect(() => encryptedStore(memoryStore(), {} as never)).toThrow('"key" must be a source of a key');
    expect(() => encryptedStore(memoryStore(), { key, previousKeys: ["a secret"] as never })).toThrow(
      '"previousKeys" must hold sources of keys',
    );
  });
});

describe("keyFromEnvironment", () => {
  it("takes a key as openssl prints it, and shows no wrong one", async () => {
    vi.stubEnv("MSAL_TEST_KEY", Buffer.alloc(32, 0xfb).toString("base64"));
    const store = encryptedStore(memoryStore(), { key: keyFromEnvironment("MSAL_TEST_KEY") });
    await expect(store.set("user:a", state, {})).resolves.toHaveProperty("version");
    vi.stubEnv("MSAL_TEST_KEY", "too-short-a-secret");
    const error = await msalErrorFrom(
      encryptedStore(memoryStore(), { key: keyFromEnvironment("MSAL_TEST_KEY") }).set("a", state, {}),
    );
    expect(error).toMatchObject({ code: "store_key_unusable" });
    expect(String(error)).not.toContain("too-short");
    vi.stubEnv("MSAL_TEST_KEY", "");
    await expect(keyFromEnvironment("MSAL_TEST_KEY")({ mayMake: true })).rejects.toMatchObject({
      code: "store_key_unusable",
      message: containing('"MSAL_TEST_KEY" is not set'),
    });
    vi.unstubAllEnvs();
  });

  it("refuses an empty name", () => {
    expect(() => keyFromEnvironment("")).toThrow('"variable" must be a text that is not empty');
  });
});

const nextSecret = makeSecret();

function kidOf(envelope: unknown): unknown {
  return typeof envelope === "object" && envelope !== null && "kid" in envelope ? envelope.kid : undefined;
}

function containing(text: string): unknown {
  return expect.stringContaining(text);
}

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
