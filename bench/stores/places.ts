import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { skipsRedis, startRedis } from "@msal-ts/interop/redis-server";

/** Where stores keep what they keep, until the end. */
export interface Places extends AsyncDisposable {
  readonly file: string;
  /** Absent where Redis is not installed, which a line says; in CI that is a failure. */
  readonly redis?: string;
}

/** Makes a folder, and starts a Redis of its own. */
export async function createPlaces(): Promise<Places> {
  const folder = await mkdtemp(join(tmpdir(), "msal-ts-bench-"));
  const redis = skipsRedis() ? undefined : await startRedis();
  return {
    file: join(folder, "private", "tokens.json"),
    ...(redis !== undefined && { redis: redis.url }),
    async [Symbol.asyncDispose]() {
      await redis?.[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
