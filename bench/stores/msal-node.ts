import {
  ConfidentialClientApplication,
  DistributedCachePlugin,
  type AccountInfo,
  type ICachePlugin,
} from "@azure/msal-node";
import { authority, clientId, metadata, objectIdOf, tenantId, tokenOf, userScope } from "../held/answers.ts";
import type { StoreClient } from "./client.ts";
import { connectRedis, type Redis } from "./connect-redis.ts";
import { watchRedis } from "./redis-traffic.ts";
import { createTokenEndpoint } from "./token-endpoint.ts";

/**
 * Microsoft's library for Node on Redis, by its own plugin, with an application for each request: one application for
 * all would mix its users up. What it would have to discover it is told.
 */
export const onRedis: StoreClient = {
  async open(url) {
    const client = await connectRedis(url);
    const cacheClient = cacheClientOf(client);
    const answerTo = createTokenEndpoint();
    const appOf = (number: number): ConfidentialClientApplication => {
      const key = homeAccountIdOf(number);
      const partitions = { getKey: () => Promise.resolve(key), extractKey: () => Promise.resolve(key) };
      return createApp(new DistributedCachePlugin(cacheClient, partitions), answerTo);
    };
    return {
      signIn: (number) => signIn(appOf(number), number),
      ask: (number, forceRefresh) =>
        appOf(number).acquireTokenSilent({ scopes: [userScope], account: accountOf(number), forceRefresh }),
      traffic: await watchRedis(client, ["get", "set"]),
      close: () => client.close(),
    };
  },
};

/** What the plugin asks of a client of Redis. */
export function cacheClientOf(client: Redis) {
  return {
    get: async (key: string): Promise<string> => (await client.get(key)) ?? "",
    set: async (key: string, value: string): Promise<string> => String(await client.set(key, value)),
  };
}

export function createApp(
  cachePlugin: ICachePlugin,
  answerTo: (url: string, body: string) => object | Promise<object>,
): ConfidentialClientApplication {
  // The answer has whatever type the caller expects: that is the library's contract with its network.
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  const send = async <T>(url: string, options?: { body?: string }) => ({
    status: 200,
    headers: {},
    body: (await answerTo(url, options?.body ?? "")) as T,
  });
  return new ConfidentialClientApplication({
    auth: { clientId, clientSecret: "a secret", authority, authorityMetadata: JSON.stringify(metadata) },
    cache: { cachePlugin },
    system: { networkClient: { sendGetRequestAsync: send, sendPostRequestAsync: send } },
  });
}

export function signIn(app: ConfidentialClientApplication, number: number): Promise<unknown> {
  const refreshToken = tokenOf("refresh", number);
  return app.acquireTokenByRefreshToken({ refreshToken, scopes: [userScope], forceCache: true });
}

export function homeAccountIdOf(number: number): string {
  return `${objectIdOf(number)}.${tenantId}`;
}

/** As the application keeps it in the user's session. */
function accountOf(number: number): AccountInfo {
  const environment = "login.microsoftonline.com";
  return {
    homeAccountId: homeAccountIdOf(number),
    environment,
    tenantId,
    username: "",
    localAccountId: objectIdOf(number),
  };
}
