import type { StoredPartition, TokenStore } from "../cache/token-store.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { MsalError } from "../error/msal-error.ts";
import { parseJsonObject } from "../protocol/json-object.ts";
import { type EncryptionKey, type KeySource, readKey } from "./encryption/encryption-key.ts";
import { open, readEnvelope, seal } from "./encryption/envelope.ts";

export type { KeySource, KeyUse } from "./encryption/encryption-key.ts";
export { keyFromEnvironment } from "./encryption/key-from-environment.ts";
export { keyFromFile } from "./encryption/key-from-file.ts";
export { keyFromKeyring, type KeyringPlace } from "./encryption/key-from-keyring.ts";

/** What {@link encryptedStore} takes beside the store. */
export interface EncryptedStoreOptions {
  /** Where the key comes from: {@link keyFromKeyring}, {@link keyFromFile}, {@link keyFromEnvironment}, or your own. */
  readonly key: KeySource;
  /** Keys of earlier days: what they encrypted is still read, and is encrypted with `key` when it is written next. */
  readonly previousKeys?: readonly KeySource[];
  /**
   * Reads what was written without encryption too, and encrypts it when it is written next. For the move to encryption;
   * whoever can write to the store could else put tokens of their own into it. Default: false.
   */
  readonly acceptPlainText?: boolean;
}

/**
 * Encrypts what another store keeps, with AES-256-GCM. Each partition carries the id of its key, so that keys can be
 * changed, and is bound to its name, so that none can be put in another's place.
 *
 * There is no key by default, and no way around it: what cannot be encrypted is not written.
 *
 * @example
 *
 * ```ts
 * import { PartitionedTokenCache } from "msal-ts";
 * import { encryptedStore, keyFromKeyring } from "msal-ts/stores/encrypted";
 * import { fileStore } from "msal-ts/stores/file";
 *
 * const key = keyFromKeyring({ service: "Contoso Desktop" });
 * export const tokenCache = new PartitionedTokenCache(
 *   encryptedStore(fileStore({ name: "contoso-desktop" }), { key }),
 * );
 * ```
 *
 * @throws `MsalArgumentError` `invalid_option` without a key source. The store's methods reject with `MsalError`
 *   `store_key_unusable`, or `store_unreadable` for what was encrypted with another key, or not encrypted.
 */
export function encryptedStore(store: TokenStore, options: EncryptedStoreOptions): TokenStore {
  const { key, previousKeys = [], acceptPlainText = false } = options;
  checkSource("key", key);
  for (const source of previousKeys) checkSource("previousKeys", source);
  const keys = remembered(() => loadKeys(store, [key, ...previousKeys]));

  async function decrypt(stored: StoredPartition, partition: string): Promise<StoredPartition> {
    const { data, version } = stored;
    const envelope = readEnvelope(data);
    if (envelope === undefined) {
      if (acceptPlainText) return stored;
      if (parseJsonObject(data) === undefined) return damaged(stored);
      throw unreadable('is not encrypted. If it is older than encryption, give "acceptPlainText: true"');
    }
    const known = (await keys()).find(({ id }) => id === envelope.keyId);
    if (known === undefined) throw unreadable('is encrypted with a key that is not given. Give it in "previousKeys"');
    const text = await open(envelope, known, partition);
    return text === undefined ? damaged(stored) : { data: text, version };
  }

  return {
    ...descriptionOf(store),

    async get(partition, callOptions) {
      const found = await store.get(partition, callOptions);
      return found?.data === undefined ? found : decrypt(found, partition);
    },

    async set(partition, data, callOptions) {
      const [current] = await keys();
      if (current === undefined) throw new TypeError("there is always a first key");
      return store.set(partition, await seal(data, current, partition), callOptions);
    },

    delete: (partition, callOptions) => store.delete(partition, callOptions),
  };
}

/**
 * What was cut short, changed, or put in another one's place. No key will ever open it, so it is treated as without
 * encryption: as a text that is no token cache, which is set aside, and whose users sign in again.
 */
function damaged({ data, version }: StoredPartition): StoredPartition {
  return { data: `damaged: ${data}`, version };
}

/** What a store can do that has nothing to do with what it keeps. */
function descriptionOf(
  store: TokenStore,
): Pick<TokenStore, "partitioning" | "maxAge" | "isVolatile" | "list" | "lock"> {
  const { partitioning, maxAge, isVolatile } = store;
  return {
    ...(partitioning !== undefined && { partitioning }),
    ...(maxAge !== undefined && { maxAge }),
    ...(isVolatile !== undefined && { isVolatile }),
    ...(store.list !== undefined && { list: store.list.bind(store) }),
    ...(store.lock !== undefined && { lock: lockOf(store) }),
  };
}

function lockOf(store: TokenStore): NonNullable<TokenStore["lock"]> {
  return async (name, critical, options) => {
    if (store.lock === undefined) throw new TypeError("the store has lost its locks");
    return store.lock(name, critical, options);
  };
}

/** One process at a time, since a source may make the key that another one is about to make too. */
async function loadKeys(store: TokenStore, sources: readonly KeySource[]): Promise<EncryptionKey[]> {
  const load = async (): Promise<EncryptionKey[]> => {
    const keys: EncryptionKey[] = [];
    for (const [place, source] of sources.entries()) {
      const option = place === 0 ? "key" : "previousKeys";
      keys.push(await readKey(await source({ mayMake: place === 0 }), `The source in "${option}"`));
    }
    return keys;
  };
  return store.lock === undefined ? load() : store.lock("encryption-key", load);
}

/** A failure is not remembered: the keyring may be unlocked by the next call. */
function remembered<T>(load: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => {
    value ??= load().catch((error: unknown) => {
      value = undefined;
      throw error;
    });
    return value;
  };
}

function checkSource(option: string, source: unknown): void {
  if (typeof source === "function") return;
  const wanted = option === "key" ? "be a source of a key" : "hold sources of keys";
  throw new MsalArgumentError("invalid_option", option, `must ${wanted}, such as keyFromKeyring({ service })`);
}

function unreadable(fault: string): MsalError {
  return new MsalError(
    "store_unreadable",
    `What the token store holds ${fault}, or delete it: its users sign in again.`,
  );
}
