/**
 * An API on several nodes that calls Microsoft Graph in the name of its callers, and keeps the tokens in Redis. Needs
 * `npm install redis@6`.
 */
import { type AuthResult, ConfidentialClientApplication, PartitionedTokenCache } from "msal-ts";
import { type RedisClient, redisStore } from "msal-ts/stores/redis";

export interface Settings {
  authority: string;
  clientId: string;
  clientSecret: string;
  /** Connected, and the node's own. */
  redis: RedisClient;
}

/** Makes a node's function that exchanges a caller's token. Check the token before: see api-on-behalf-of.ts. */
export function createExchange(settings: Settings): (presented: string) => Promise<AuthResult> {
  const { authority, clientId, clientSecret, redis } = settings;
  const tokenCache = new PartitionedTokenCache(redisStore(redis, { keyPrefix: "orders-api:" }), { logger: console });
  const app = new ConfidentialClientApplication({ authority, clientId, clientCredential: clientSecret, tokenCache });
  // A key for each presented token, by its hash: no other one's answer is ever found under it.
  return (presented) => app.acquireTokenOnBehalfOf(presented, ["User.Read"]);
}
