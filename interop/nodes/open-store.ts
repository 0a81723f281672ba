import { Redis } from "ioredis";
import type { TokenStore } from "msal-ts";
import { fileStore } from "msal-ts/stores/file";
import { redisStore } from "msal-ts/stores/redis";
import { createClient } from "redis";
import type { Place } from "./questions.ts";

/** Opens a store as an application does, with a connection of its own. */
export async function openStore(place: Place): Promise<TokenStore> {
  if (place.kind === "file") return fileStore({ path: place.path });
  const { kind, url, timeout } = place;
  const client = kind === "redis" ? createClient({ url }) : new Redis(url, { lazyConnect: true });
  // Both libraries connect again by themselves.
  client.on("error", () => {});
  await client.connect();
  return redisStore(client, { timeout });
}
