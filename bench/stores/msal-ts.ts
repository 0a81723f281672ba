import { readFile } from "node:fs/promises";
import { type Account, PartitionedTokenCache, PublicClientApplication } from "msal-ts";
import { fileStore } from "msal-ts/stores/file";
import { redisStore } from "msal-ts/stores/redis";
import { authority, clientId, objectIdOf, tenantId, tokenOf, userScope } from "../held/answers.ts";
import type { OpenStore, StoreClient } from "./client.ts";
import { connectRedis } from "./connect-redis.ts";
import { watchRedis } from "./redis-traffic.ts";
import { createTokenEndpoint } from "./token-endpoint.ts";

/** This library on a file. */
export const onFile: StoreClient = {
  async open(path) {
    const before = await bytesOfProcess();
    return {
      ...using(new PartitionedTokenCache(fileStore({ path }))),
      traffic: async () => ({ bytes: (await bytesOfProcess()) - before }),
      close: () => Promise.resolve(),
    };
  },
};

/** This library on Redis, which it asks again after so many milliseconds. */
export function onRedis(maxAge: number): StoreClient {
  return {
    async open(url) {
      const client = await connectRedis(url);
      return {
        ...using(new PartitionedTokenCache(redisStore(client, { maxAge }))),
        traffic: await watchRedis(client, ["evalsha", "eval"]),
        close: () => client.close(),
      };
    },
  };
}

function using(tokenCache: PartitionedTokenCache): Pick<OpenStore, "signIn" | "ask"> {
  const app = createApp(tokenCache);
  return {
    signIn: (number) => app.acquireTokenByRefreshToken(tokenOf("refresh", number), [userScope]),
    ask: (number, forceRefresh) => app.acquireTokenSilent([userScope], accountOf(number), { forceRefresh }),
  };
}

/** An application whose network answers at once. */
export function createApp(tokenCache: PartitionedTokenCache): PublicClientApplication {
  const answerTo = createTokenEndpoint();
  return new PublicClientApplication({
    clientId,
    authority,
    tokenCache,
    fetch: (url, request) => Promise.resolve(Response.json(answerTo(textOf(url), textOf(request?.body)))),
  });
}

/** As the application keeps it in the user's session. */
function accountOf(number: number): Account {
  const localAccountId = objectIdOf(number);
  const homeAccountId = `${localAccountId}.${tenantId}`;
  const environment = "login.microsoftonline.com";
  return { homeAccountId, environment, tenantId, localAccountId, username: "", authorityType: "MSSTS" };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What the process has read and written, in files and elsewhere; nothing where the system does not count it. */
async function bytesOfProcess(): Promise<number> {
  const text = await readFile("/proc/self/io", "utf8").catch(() => "");
  return ["rchar", "wchar"].reduce(
    (sum, name) => sum + Number(new RegExp(`${name}: (\\d+)`).exec(text)?.[1] ?? Number.NaN),
    0,
  );
}
