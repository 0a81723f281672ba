import { AsyncLocalStorage } from "node:async_hooks";
import { DistributedCachePlugin } from "@azure/msal-node";
import { PartitionedTokenCache } from "msal-ts";
import { redisStore } from "msal-ts/stores/redis";
import { tokenOf, userScope } from "../held/answers.ts";
import type { Redis } from "./connect-redis.ts";
import { cacheClientOf, createApp as createNodeApp, homeAccountIdOf, signIn } from "./msal-node.ts";
import { createApp } from "./msal-ts.ts";
import { createTokenEndpoint } from "./token-endpoint.ts";

/** How many users sign in at once. */
export const atOnce = 8;
const numbers = Array.from({ length: atOnce }, (_, number) => number);

/** What lies in Redis after users have signed in at once on one node. */
export interface Isolation {
  /** Partitions that were written. */
  readonly written: number;
  /** Partitions with the refresh tokens of more than one user. */
  readonly mixed: number;
}

/** Signs users in at once with one application of ours. */
export async function isolationOfOurs(client: Redis): Promise<Isolation> {
  const keyPrefix = "isolation-ours:";
  const app = createApp(new PartitionedTokenCache(redisStore(client, { keyPrefix })));
  await Promise.all(
    numbers.map(async (number) => app.acquireTokenByRefreshToken(tokenOf("refresh", number), [userScope])),
  );
  const keys = numbers.map((number) => `${keyPrefix}{user:${homeAccountIdOf(number)}}`);
  return judge(await Promise.all(keys.map(async (key) => client.hGet(key, "data"))));
}

/** Signs users in at once with one application of msal-node, whose plugin is told whose request it is. */
export async function isolationOfMsalNode(client: Redis): Promise<Isolation> {
  const current = new AsyncLocalStorage<string>();
  const keyOf = (homeAccountId: string): string => `isolation-node:${homeAccountId}`;
  const partitions = {
    getKey: () => Promise.resolve(keyOf(current.getStore() ?? "nobody")),
    extractKey: ({ homeAccountId }: { homeAccountId: string }) => Promise.resolve(keyOf(homeAccountId)),
  };
  const app = createNodeApp(new DistributedCachePlugin(cacheClientOf(client), partitions), createTokenEndpoint());
  await Promise.all(
    numbers.map(async (number) => current.run(homeAccountIdOf(number), async () => signIn(app, number))),
  );
  const keys = numbers.map((number) => keyOf(homeAccountIdOf(number)));
  return judge(await Promise.all(keys.map(async (key) => client.get(key))));
}

function judge(partitions: readonly unknown[]): Isolation {
  const texts = partitions.filter((text) => typeof text === "string");
  return { written: texts.length, mixed: texts.filter((text) => ownersIn(text).size > 1).length };
}

function ownersIn(text: string): Set<string | undefined> {
  const { RefreshToken = {} } = JSON.parse(text) as { RefreshToken?: Record<string, { home_account_id?: string }> };
  return new Set(Object.values(RefreshToken).map(({ home_account_id }) => home_account_id));
}
