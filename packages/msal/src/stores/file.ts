import { SINGLE_PARTITION } from "../cache/partition.ts";
import type { StoreCallOptions, TokenStore } from "../cache/token-store.ts";
import { abortedError } from "../error/aborted.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { type Clock, systemClock } from "../runtime/clock.ts";
import { fromFileName, toFileName } from "./file/file-name.ts";
import { withFileLock } from "./file/file-lock.ts";
import { defaultPlace } from "./file/place.ts";
import { makePrivateFolder } from "./file/private-folder.ts";
import { realPlace } from "./file/real-place.ts";
import { createVersionedFiles } from "./file/versioned-files.ts";

/** What {@link fileStore} takes. */
export interface FileStoreOptions {
  /**
   * The file. Its folder is made if need be, and is for its owner alone. Where it is a link, what it leads to is the
   * file. Default: see `name`.
   */
  readonly path?: string;
  /** Names the file in the platform's folder for data, where `path` names none. Default: `"default"`. */
  readonly name?: string;
  /** Where the time comes from. Default: the system. */
  readonly clock?: Clock;
}

/**
 * Keeps the tokens of a command-line tool or a desktop app in a file, between runs and shared by all that run at once.
 *
 * The file is in the schema that the MSAL libraries share: MSAL Python loads it as the state of its
 * `SerializableTokenCache`. It holds tokens in plain text, readable by its owner alone; `encryptedStore` encrypts it.
 *
 * A process that is killed at any moment leaves the text before or after its write, and no lock. Locks need the package
 * `fs-native-extensions`, which is loaded on use.
 *
 * @example
 *
 * ```ts
 * import { PartitionedTokenCache, PublicClientApplication } from "msal-ts";
 * import { fileStore } from "msal-ts/stores/file";
 *
 * export const app = new PublicClientApplication({
 *   clientId: "00000000-0000-0000-0000-000000000000",
 *   tokenCache: new PartitionedTokenCache(fileStore({ name: "contoso-cli" })),
 * });
 * ```
 *
 * @throws `MsalArgumentError` `invalid_option` for a path or name that is none. The store's methods reject with
 *   `MsalError` `store_unsafe` when others may read the file, `store_cannot_lock` where its file system has no locks,
 *   and `dependency_missing`.
 */
export function fileStore(options: FileStoreOptions = {}): TokenStore {
  checkOptions(options);
  const { clock = systemClock } = options;
  const files = createVersionedFiles(clock);
  let place: Promise<string> | undefined;

  function findPlace(signal: AbortSignal | undefined): Promise<string> {
    if (signal?.aborted) return Promise.reject(abortedError(signal));
    place ??= preparePlace(options).catch((error: unknown) => {
      place = undefined;
      throw error;
    });
    return place;
  }

  async function fileOf(partition: string, { signal }: StoreCallOptions): Promise<string> {
    const path = await findPlace(signal);
    return partition === SINGLE_PARTITION ? path : `${path}${partitionMark}${toFileName(partition)}`;
  }

  return {
    partitioning: "single",

    get: async (partition, callOptions = {}) => files.read(await fileOf(partition, callOptions), callOptions.known),

    async set(partition, data, callOptions) {
      const path = await fileOf(partition, callOptions);
      return (await files.replace(path, data, callOptions.expected)) ?? { conflict: true };
    },

    async delete(partition, callOptions = {}) {
      const path = await fileOf(partition, callOptions);
      const expected = callOptions.expected ?? (await files.read(path))?.version;
      return expected === undefined || files.remove(path, expected);
    },

    async list({ signal } = {}) {
      const paths = await import("node:path");
      const { readdir } = await import("node:fs/promises");
      const path = await findPlace(signal);
      const names = (await readdir(paths.dirname(path))).map((name) => partitionIn(name, paths.basename(path)));
      return names.filter((name) => name !== undefined);
    },

    async lock(name, critical, { signal } = {}) {
      const path = `${await findPlace(signal)}.l-${toFileName(name)}.lock`;
      // The operating system takes a lock from nobody who lives.
      return withFileLock(path, async () => critical(new AbortController().signal), { clock, signal });
    },
  };
}

/** Between the path and the name of a partition that is not the one. */
const partitionMark = ".p-";

function partitionIn(name: string, file: string): string | undefined {
  if (name === file) return SINGLE_PARTITION;
  const start = `${file}${partitionMark}`;
  return name.startsWith(start) ? fromFileName(name.slice(start.length)) : undefined;
}

async function preparePlace({ path, name = "default" }: FileStoreOptions): Promise<string> {
  const paths = await import("node:path");
  const file = path === undefined ? await defaultPlace(name) : paths.resolve(path);
  const real = await realPlace(file);
  await makePrivateFolder(paths.dirname(real));
  return real;
}

function checkOptions({ path, name }: FileStoreOptions): void {
  if (path !== undefined && (typeof path !== "string" || path === "")) {
    throw new MsalArgumentError(
      "invalid_option",
      "path",
      'must be the path of a file, such as "./secrets/tokens.json"',
    );
  }
  if (name !== undefined && !/^[\w-][\w.-]*$/.test(name)) {
    throw new MsalArgumentError(
      "invalid_option",
      "name",
      'must be letters, digits, "-", "_" and ".", such as "contoso-cli"',
    );
  }
}
