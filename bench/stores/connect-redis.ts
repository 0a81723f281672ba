import { createClient } from "redis";

/** A client of Redis, as the application brings it. */
export type Redis = Awaited<ReturnType<typeof connectRedis>>;

/** Connects to the Redis at this address. */
export async function connectRedis(url: string) {
  const client = createClient({ url });
  await client.connect();
  return client;
}
