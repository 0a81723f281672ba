import { Redis } from "ioredis";
import type { RedisClient } from "msal-ts/stores/redis";
import { createClient } from "redis";

/** A client of one of the libraries, connected. */
export interface Connected {
  readonly client: RedisClient;
  readonly close: () => void;
}

/** By the package `redis`. */
export async function connectRedis(url: string): Promise<Connected> {
  const client = createClient({ url });
  client.on("error", () => {});
  await client.connect();
  return { client, close: () => client.destroy() };
}

/** By the package `ioredis`. */
export async function connectIoRedis(url: string): Promise<Connected> {
  const client = new Redis(url, { lazyConnect: true });
  client.on("error", () => {});
  await client.connect();
  return { client, close: () => client.disconnect() };
}

/** Both, by the name of the package. */
export const libraries = { redis: connectRedis, ioredis: connectIoRedis };
