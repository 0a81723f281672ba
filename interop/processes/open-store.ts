import type { TokenStore } from "msal-ts";
import { encryptedStore } from "msal-ts/stores/encrypted";
import { fileStore } from "msal-ts/stores/file";
import type { StorePlace } from "./messages.ts";

/** A store, and what closes its connection. */
export interface OpenStore {
  readonly store: TokenStore;
  readonly close: () => void;
}

/** Opens the store of a place, as each process does. */
export async function openStore(place: StorePlace): Promise<OpenStore> {
  if (place.kind === "redis") {
    // The client takes longer to load than all else.
    const { openRedisStore } = await import("./open-redis-store.ts");
    return openRedisStore(place);
  }
  const { path, secret } = place;
  const file = fileStore({ path });
  const store = secret === undefined ? file : encryptedStore(file, { key: () => Promise.resolve(secret) });
  return { store, close: () => {} };
}
