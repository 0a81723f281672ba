import { randomUUID } from "node:crypto";
import { redisStore, type RedisClient } from "msal-ts/stores/redis";
import { storeConformance } from "msal-ts/testing";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Connected, connectRedis, libraries } from "./clients.ts";
import { type RedisServer, skipsRedis, startRedis } from "./redis-server.ts";

describe.skipIf(skipsRedis())("redisStore on a real Redis", () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis();
  });

  afterAll(() => server[Symbol.asyncDispose]());

  describe.each(Object.entries(libraries))("with a client of %s", (_, connect) => {
    let connected: Connected;
    const prefixes = new WeakMap<object, string>();

    beforeAll(async () => {
      connected = await connect(server.url);
    });

    afterAll(() => connected.close());

    const checks = storeConformance((again) => {
      const keyPrefix = (again && prefixes.get(again)) ?? `${randomUUID()}[*]:`;
      const store = redisStore(connected.client, { keyPrefix });
      prefixes.set(store, keyPrefix);
      return store;
    });

    it.each(checks)("$name", async ({ run }) => {
      await expect(run()).resolves.toBeUndefined();
    });
  });

  it("lets Redis forget a partition at the end of its time", async () => {
    const client = createClient({ url: server.url });
    await client.connect();
    const store = redisStore(client, { keyPrefix: "ttl:" });
    const first = await store.set("user:a", "1", { ttl: 99.5 });
    expect(await client.ttl("ttl:{user:a}")).toBe(100);
    await store.set("user:a", "2", { expected: "version" in first ? first.version : "" });
    expect(await client.ttl("ttl:{user:a}")).toBe(-1);
    client.destroy();
  });

  it("reads a partition in one round trip, and writes it in one", async () => {
    const { client, close } = await connectRedis(server.url);
    const admin = createClient({ url: server.url });
    await admin.connect();
    const store = redisStore(client, { keyPrefix: "trips:" });
    await store.set("user:warm", "1", {});
    await store.get("user:warm");
    const calls = async (): Promise<number> => {
      const stats = await admin.info("commandstats");
      const count = (name: string): number => Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
      return count("evalsha") + count("eval");
    };
    const before = await calls();
    await store.set("user:a", "1", {});
    await store.get("user:a");
    expect((await calls()) - before).toBe(2);
    admin.destroy();
    close();
  });

  it("frees the lock of a holder that fell silent, and tells the holder", async () => {
    const { client, close } = await connectRedis(server.url);
    const admin = createClient({ url: server.url });
    await admin.connect();
    const store = redisStore(client, { keyPrefix: "silent:", lockLifetime: 300 });
    const lost = await store.lock?.("user:a", async (signal) => {
      // As if it had not been renewed in time and somebody else had taken it.
      await admin.set("silent:lock:{user:a}", "somebody else");
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      return signal.aborted;
    });
    expect(lost).toBe(true);
    expect(await admin.get("silent:lock:{user:a}")).toBe("somebody else");
    admin.destroy();
    close();
  });

  it("gives up soon on a Redis that hangs, and on one that is gone", async () => {
    const { client, close } = await connectRedis(server.url);
    const store = redisStore(client, { keyPrefix: "lost:", timeout: 50 });
    await store.set("user:a", "1", {});
    server.pause();
    await expect(store.get("user:a")).rejects.toThrow("no answer within 50 ms");
    server.resume();
    expect(await redisStore(client, { keyPrefix: "lost:" }).get("user:a")).toMatchObject({ data: "1" });
    await server.stop();
    await expect(store.get("user:a")).rejects.toBeInstanceOf(Error);
    await server.start();
    close();
  });

  it.each(Object.entries(libraries))(
    "says at once that the connection of a client of %s is lost",
    async (_, connect) => {
      const { client, close } = await connect(server.url);
      // Longer than the test may take: nobody waits for it.
      const store = redisStore(client, { keyPrefix: "gone:", timeout: 600_000 });
      await store.set("user:a", "1", {});
      await server.stop();
      const isReady = (): boolean => ("evalSha" in client ? client.isReady === true : client.status === "ready");
      await vi.waitFor(() => expect(isReady()).toBe(false), { timeout: 30_000 });
      await expect(store.get("user:a")).rejects.toThrow("the connection to Redis is lost");
      await server.start();
      await vi.waitFor(async () => expect(await store.get("user:a")).toBeUndefined(), { timeout: 30_000 });
      close();
    },
  );

  it.each([undefined, {}, new Map()])("refuses %j as a client, and names the packages", (client) => {
    expect(() => redisStore(client as unknown as RedisClient)).toThrow(/^"client" must be .*redis.*ioredis/);
  });
});
