import type { StoredPartition, TokenStore, UnchangedPartition } from "../cache/token-store.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { type Clock, systemClock } from "../runtime/clock.ts";
import { randomUuid } from "../runtime/random.ts";
import { untilAborted } from "../runtime/until-aborted.ts";
import { portOf, type RedisClient, type Script } from "./redis/client.ts";
import { withRedisLock } from "./redis/redis-lock.ts";
import { DELETE, READ, WRITE } from "./redis/scripts.ts";
import { withTimeLimit } from "./redis/time-limit.ts";

export type { IoRedisClient, NodeRedisClient, RedisClient } from "./redis/client.ts";

/** What {@link redisStore} takes beside the client. */
export interface RedisStoreOptions {
  /** What the keys begin with. Default: `"msal-ts:"`. */
  readonly keyPrefix?: string;
  /**
   * For how many milliseconds a node may use what it has read without asking Redis. What another node changed is seen
   * no later. Default: 0, ask each time; what has not changed is not moved.
   */
  readonly maxAge?: number;
  /** How many milliseconds Redis may take to answer. Default: 1000. */
  readonly timeout?: number;
  /** After how many milliseconds the lock of a node that fell silent is free. Default: 10,000. */
  readonly lockLifetime?: number;
  /** Where the time comes from. Default: the system. */
  readonly clock?: Clock;
}

const defaults = { keyPrefix: "msal-ts:", maxAge: 0, timeout: 1000, lockLifetime: 10_000 };

/**
 * Keeps tokens in Redis, for the many nodes of a web farm: a key for each owner of tokens, which ends with the last of
 * them.
 *
 * The client is the application's own, of the package `redis` (5 or 6) or `ioredis`, for one server, sentinels or a
 * cluster. Reading a partition is one round trip, and so is writing it. `list`, and with it `getAccounts`, is there for
 * all but clusters.
 *
 * @example
 *
 * ```ts
 * import { ConfidentialClientApplication, PartitionedTokenCache } from "msal-ts";
 * import { redisStore, type RedisClient } from "msal-ts/stores/redis";
 *
 * export function createApp(client: RedisClient): ConfidentialClientApplication {
 *   return new ConfidentialClientApplication({
 *     clientId: "00000000-0000-0000-0000-000000000000",
 *     clientCredential: "a secret from a safe place",
 *     tokenCache: new PartitionedTokenCache(redisStore(client)),
 *   });
 * }
 * ```
 *
 * @throws `MsalArgumentError` `invalid_option` for a client of another kind, or an option of the wrong form.
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): TokenStore {
  const port = portOf(client);
  const { scan } = port;
  const { clock = systemClock, ...given } = options;
  const { keyPrefix, maxAge, timeout, lockLifetime } = { ...defaults, ...given };
  checkMilliseconds({ maxAge, timeout, lockLifetime });

  /** In braces, so that a cluster keeps what belongs together on one node. */
  const keyOf = (partition: string, kind = ""): string => `${keyPrefix}${kind}{${partition}}`;
  const ask = async <T>(question: () => Promise<T>): Promise<T> => {
    // A client that has lost its connection would keep what it is told, and do it much later.
    if (port.isLost()) throw new Error("the connection to Redis is lost");
    return withTimeLimit(clock, timeout, question());
  };
  const run = (script: Script, key: string, ...values: readonly string[]): Promise<unknown> =>
    ask(() => port.run(script, key, ...values));

  return {
    maxAge,
    isVolatile: true,

    get: (partition, { known = "", signal } = {}) =>
      untilAborted(async () => readAnswer(await run(READ, keyOf(partition), known)), signal),

    set: (partition, data, { expected = "", ttl, signal }) =>
      untilAborted(async () => {
        const version = randomUuid();
        const lifetime = ttl === undefined ? "" : String(Math.ceil(ttl));
        const answer = await run(WRITE, keyOf(partition), expected, version, data, lifetime);
        return answer === 1 ? { version } : { conflict: true };
      }, signal),

    delete: (partition, { expected = "", signal } = {}) =>
      untilAborted(async () => (await run(DELETE, keyOf(partition), expected)) === 1, signal),

    ...(scan !== undefined && {
      list: async ({ signal } = {}) => {
        const names = new Set<string>();
        const start = `${keyPrefix}{`;
        const answers = scan(`${escapePattern(start)}*`)[Symbol.asyncIterator]();
        for (;;) {
          const next: IteratorResult<readonly string[], unknown> = await untilAborted(
            () => ask(() => answers.next()),
            signal,
          );
          if (next.done === true) return [...names];
          for (const key of next.value) names.add(key.slice(start.length, -1));
        }
      },
    }),

    lock: (name, critical, { signal } = {}) => {
      const key = keyOf(name, "lock:");
      const onKey = (script: Script, ...values: readonly string[]): Promise<unknown> => run(script, key, ...values);
      return withRedisLock({ clock, run: onKey, lifetime: lockLifetime }, critical, signal);
    },
  };
}

function readAnswer(answer: unknown): StoredPartition | UnchangedPartition | undefined {
  if (!Array.isArray(answer)) throw new Error("Redis gave an answer that is none of ours");
  const [version, data] = answer.map((part: unknown) => (typeof part === "string" ? part : undefined));
  if (version === undefined) return undefined;
  return data === undefined ? { version } : { version, data };
}

/** The signs that mean something in a pattern of Redis. */
function escapePattern(text: string): string {
  return text.replaceAll(/[*?[\]\\^]/g, String.raw`\$&`);
}

function checkMilliseconds(options: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(options)) {
    const least = name === "maxAge" ? 0 : 1;
    if (typeof value === "number" && Number.isInteger(value) && value >= least) continue;
    throw new MsalArgumentError("invalid_option", name, `must be a whole number of milliseconds, at least ${least}`);
  }
}
