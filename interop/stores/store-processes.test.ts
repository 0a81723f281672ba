import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storeProcessConformance } from "msal-ts/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BundledProgram, bundleProgram } from "../bundled-program.ts";
import { type RedisServer, skipsRedis, startRedis } from "../redis/redis-server.ts";
import type { StoreKind } from "./store-kind.ts";

let bundled: BundledProgram;

beforeAll(async () => {
  bundled = await bundleProgram(new URL("store-process.ts", import.meta.url));
});
afterAll(() => bundled[Symbol.asyncDispose]());

const secret = randomBytes(32).toString("base64url");

/** What each store is held to; what it is made of is known when the check runs. */
function checksOf(kind: () => StoreKind): ReturnType<typeof storeProcessConformance> {
  return storeProcessConformance(() => fork(bundled.path, [JSON.stringify(kind())], { execArgv: [] }));
}

describe("a file", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "msal-ts-processes-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(checksOf(() => ({ where: { folder } })))("in plain text, used by $name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it.each(checksOf(() => ({ where: { folder }, secret })))("encrypted, used by $name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

describe.skipIf(skipsRedis())("Redis", () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(checksOf(() => ({ where: { url: server.url, library: "redis" } })))(
    "with clients of redis, used by $name",
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined();
    },
  );

  it.each(checksOf(() => ({ where: { url: server.url, library: "ioredis" }, secret })))(
    "encrypted, with clients of ioredis, used by $name",
    async ({ run }) => {
      await expect(run()).resolves.toBeUndefined();
    },
  );
});
