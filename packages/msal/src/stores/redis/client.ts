import { MsalArgumentError } from "../../error/argument-error.ts";

/** The part of a client of `redis` (5 or 6) that is used: of `createClient`, `createCluster`, `createSentinel`. */
export interface NodeRedisClient {
  /** Runs a script that Redis knows. */
  evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  /** Runs a script that Redis may not know yet. */
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  /** Absent in a cluster, which has many connections. */
  readonly isReady?: boolean;
  /** Not of a cluster: there each master has keys of its own. */
  scanIterator?(options: { MATCH: string; COUNT: number }): AsyncIterable<string | string[]>;
}

/** The part of a client of `ioredis` that is used: of `new Redis()` or `new Cluster()`. */
export interface IoRedisClient {
  /** Runs a script that Redis knows. */
  evalsha(sha: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** Runs a script that Redis may not know yet. */
  eval(script: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>;
  /** How its connection is. */
  readonly status?: string;
  /** A cluster's keys are not listed. */
  readonly isCluster?: boolean;
  /** Lists keys. */
  scanStream?(options: { match: string; count: number }): AsyncIterable<unknown>;
}

/** A client of the application's own: who makes it connects it, and closes it. */
export type RedisClient = NodeRedisClient | IoRedisClient;

/** What both libraries can do for us. */
export interface RedisPort {
  /** Runs a script on one key. It goes over the wire once, and by its hash from then on. */
  run(script: Script, key: string, ...values: readonly string[]): Promise<unknown>;
  /** Whether the client had a connection and has none now. */
  isLost(): boolean;
  /** The keys that match, as many as come with one answer; absent for a cluster. */
  readonly scan?: (pattern: string) => AsyncIterable<readonly string[]>;
}

/** A script and its SHA-1, by which Redis remembers it. */
export interface Script {
  readonly text: string;
  readonly sha: Promise<string>;
}

/** How many keys Redis looks at in one go, so that others are served in between. */
const scanStep = 1000;

/** Finds out whose client it is. */
export function portOf(client: unknown): RedisPort {
  if (isNodeRedis(client)) return portOfNodeRedis(client);
  if (isIoRedis(client)) return portOfIoRedis(client);
  throw new MsalArgumentError(
    "invalid_option",
    "client",
    "must be a client of the package redis (version 5 or 6) or ioredis, such as await createClient().connect()",
  );
}

function isNodeRedis(client: unknown): client is NodeRedisClient {
  return typeof client === "object" && client !== null && "evalSha" in client && "eval" in client;
}

function isIoRedis(client: unknown): client is IoRedisClient {
  return typeof client === "object" && client !== null && "evalsha" in client && "eval" in client;
}

function portOfNodeRedis(client: NodeRedisClient): RedisPort {
  const run: RedisPort["run"] = async ({ text, sha }, key, ...values) => {
    const input = { keys: [key], arguments: [...values] };
    return knownOrNew(
      () => sha.then((hash) => client.evalSha(hash, input)),
      () => client.eval(text, input),
    );
  };
  const isLost = (): boolean => client.isReady === false;
  if (client.scanIterator === undefined) return { run, isLost };
  return {
    run,
    isLost,
    async *scan(pattern) {
      const found = client.scanIterator?.({ MATCH: pattern, COUNT: scanStep }) ?? [];
      for await (const some of found) yield [some].flat();
    },
  };
}

function portOfIoRedis(client: IoRedisClient): RedisPort {
  const run: RedisPort["run"] = async ({ text, sha }, key, ...values) =>
    knownOrNew(
      () => sha.then((hash) => client.evalsha(hash, 1, key, ...values)),
      () => client.eval(text, 1, key, ...values),
    );
  // While it connects for the first time it keeps what it is told, as its users expect.
  const isLost = (): boolean => ["close", "reconnecting", "end"].includes(client.status ?? "");
  if (client.isCluster === true || client.scanStream === undefined) return { run, isLost };
  return {
    run,
    isLost,
    async *scan(pattern) {
      const found = client.scanStream?.({ match: pattern, count: scanStep }) ?? [];
      for await (const some of found) yield [some].flat().map(String);
    },
  };
}

/** A Redis that was restarted, or another node of a cluster, does not know the script yet. */
async function knownOrNew(known: () => Promise<unknown>, anew: () => Promise<unknown>): Promise<unknown> {
  try {
    return await known();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("NOSCRIPT")) return anew();
    throw error;
  }
}
