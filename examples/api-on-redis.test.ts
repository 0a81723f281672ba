import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { type RedisServer, skipsRedis, startRedis } from "@msal-ts/interop/redis-server";
import { PublicClientApplication, unwrap } from "msal-ts";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createExchange } from "./api-on-redis.ts";
import { appOf } from "./demo/scenarios/app-of.ts";

describe.skipIf(skipsRedis())("an API on two nodes", () => {
  let emulator: Emulator;
  let server: RedisServer;
  const clients: { destroy(): void }[] = [];

  beforeAll(async () => {
    [emulator, server] = await Promise.all([startEmulator(), startRedis()]);
  });
  afterAll(async () => {
    for (const client of clients) client.destroy();
    await emulator.close();
    await server[Symbol.asyncDispose]();
  });

  async function startNode(): Promise<ReturnType<typeof createExchange>> {
    const { clientId, secret } = appOf(emulator, "api");
    const redis = createClient({ url: server.url });
    clients.push(await redis.connect());
    return createExchange({ authority: emulator.authority(), clientId, clientSecret: secret, redis });
  }

  /** The token that a caller presents to the API. */
  async function presentedBy(name: string): Promise<string> {
    const { clientId } = appOf(emulator, "desktop");
    const app = new PublicClientApplication({ authority: emulator.authority(), clientId });
    const result = await app.acquireTokenInteractive(["api://orders/Orders.Read"], {
      openBrowser: async (url) => void (await emulator.signIn(url, name)),
    });
    return unwrap(result).access_token ?? "";
  }

  it("exchanges a caller's token once for both, and keeps callers apart", async () => {
    const [one, other] = [await startNode(), await startNode()];
    const [alice, bob] = [await presentedBy("alice"), await presentedBy("bob")];
    const exchanged = unwrap(await one(alice));
    const requests = emulator.requests.length;
    expect(await other(alice)).toMatchObject({ access_token: exchanged.access_token, token_source: "cache" });
    expect(emulator.requests).toHaveLength(requests);
    expect(unwrap(await other(bob)).access_token).not.toBe(exchanged.access_token);
  });
});
