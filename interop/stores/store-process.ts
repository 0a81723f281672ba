/** One of the processes that use a store at once. Its argument is a {@link StoreKind} in JSON. */
import { join } from "node:path";
import type { TokenStore } from "msal-ts";
import { encryptedStore } from "msal-ts/stores/encrypted";
import { fileStore } from "msal-ts/stores/file";
import { redisStore } from "msal-ts/stores/redis";
import { serveStore } from "msal-ts/testing";
import type { StoreKind } from "./store-kind.ts";

const { where, secret } = JSON.parse(process.argv[2] ?? "{}") as StoreKind;
const open = await prepare();
serveStore(process, (place) => {
  const store = open(place);
  return secret === undefined ? store : encryptedStore(store, { key: () => Promise.resolve(secret) });
});

async function prepare(): Promise<(place: string) => TokenStore> {
  if ("folder" in where) return (place) => fileStore({ path: join(where.folder, place, "tokens.json") });
  const { libraries } = await import("../redis/clients.ts");
  const { client } = await libraries[where.library](where.url);
  // The lock of a killed holder ends in the time of a test. A slow machine needs longer to answer than usual.
  return (place) => redisStore(client, { keyPrefix: `${place}:`, lockLifetime: 2000, timeout: 20_000 });
}
