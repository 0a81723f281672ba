import { type Emulator, startEmulator } from "@msal-ts/emulator";
import { type RedisServer, skipsRedis, startRedis } from "@msal-ts/interop/redis-server";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appOf } from "./demo/scenarios/app-of.ts";
import { createNode, type Session, type WebNode } from "./web-farm.ts";

const redirectUri = "https://web.contoso.example/auth/callback";

describe.skipIf(skipsRedis())("a web app on two nodes", () => {
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

  async function startNode(): Promise<WebNode> {
    const { clientId, secret } = appOf(emulator, "web");
    const redis = createClient({ url: server.url });
    clients.push(await redis.connect());
    return createNode({ authority: emulator.authority(), clientId, clientSecret: secret, redirectUri, redis });
  }

  async function signIn(user: string, starting: WebNode, ending: WebNode): Promise<Session> {
    const started: Session = {};
    const page = await starting.startSignIn(started);
    const { parameters } = await emulator.signIn(page, user);
    // The session itself is kept where both find it.
    const session = structuredClone(started);
    await ending.endSignIn(session, parameters);
    return session;
  }

  it("finds each user's token on either node by the id in the session, without a request", async () => {
    const [one, other] = [await startNode(), await startNode()];
    const alice = await signIn("alice", one, other);
    const bob = await signIn("bob", other, one);
    expect(Object.keys(alice)).toEqual(["homeAccountId"]);
    const requests = emulator.requests.length;
    const tokens = [await one.graphToken(alice), await other.graphToken(alice)];
    expect(tokens[0]).toBeDefined();
    expect(tokens[1]).toBe(tokens[0]);
    expect(await one.graphToken(bob)).not.toBe(tokens[0]);
    expect(emulator.requests).toHaveLength(requests);
    expect(await one.graphToken({})).toBeUndefined();
    expect(await one.graphToken({ homeAccountId: "nobody.contoso" })).toBeUndefined();
  });
});
