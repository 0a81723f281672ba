import { redisStore } from "msal-ts/stores/redis";
import { createClient } from "redis";
import type { OpenStore } from "./open-store.ts";

/** Milliseconds: a slow machine is no lost connection, and whoever goes on in memory is not what is tested here. */
const timeout = 60_000;

/** Opens a store in Redis over a connection of its own. */
export async function openRedisStore(place: {
  readonly url: string;
  readonly lockLifetime: number;
}): Promise<OpenStore> {
  const client = createClient({ url: place.url });
  client.on("error", () => {});
  await client.connect();
  return { store: redisStore(client, { lockLifetime: place.lockLifetime, timeout }), close: () => client.destroy() };
}
