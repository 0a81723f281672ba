import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Emulator } from "@msal-ts/emulator";
import { type BundledProgram, bundleProgram } from "../bundled-program.ts";
import { type RedisServer, skipsRedis, startRedis } from "../redis/redis-server.ts";
import { scopes, startCloud, userOf, users } from "./cloud.ts";
import { type Node, signInAt, startNode } from "./node.ts";

const [orders = "", stock = "", files = "", notes = "", tasks = "", polls = ""] = scopes;

/** Long for a machine that is busy. */
const patience = { timeout: 30_000, interval: 100 };

/** Two nodes on one Redis, and what a test asks them. */
interface Scene extends AsyncDisposable {
  readonly server: RedisServer;
  readonly nodes: readonly [Node, Node];
  /** Signs in, and gives the home account id. */
  readonly signIn: (node: Node, name: string) => Promise<string>;
  /** Until a node finds in its cache what the other one has got. */
  readonly untilShared: (node: Node, user: string, ...wanted: readonly string[]) => Promise<void>;
  /** The scopes of the access tokens in a user's partition. */
  readonly stored: (user: string) => Promise<readonly string[]>;
  /** These users have partitions, and nothing in a user's partition names another user. */
  readonly expectSeparation: (...homeAccountIds: readonly string[]) => Promise<void>;
}

async function openScene(program: string, cloud: Emulator, kind: "redis" | "ioredis"): Promise<Scene> {
  const server = await startRedis();
  const { clientId = "" } = cloud.apps["desktop"] ?? {};
  const setup = { authority: cloud.authority(), clientId, place: { kind, url: server.url, timeout: 300 } };
  const nodes = await Promise.all([startNode(program, setup), startNode(program, setup)]);

  const stored: Scene["stored"] = async (user) => {
    const partitions = await partitionsOf(server);
    const { AccessToken = {} } = JSON.parse(partitions[`msal-ts:{user:${user}}`] ?? "{}") as {
      AccessToken?: Record<string, { target: string }>;
    };
    return Object.values(AccessToken).flatMap(({ target }) => target.split(" "));
  };

  return {
    server,
    nodes,
    stored,
    signIn: (node, name) => signInAt(node, userOf(cloud, name)),
    async untilShared(node, user, ...wanted) {
      await vi.waitFor(async () => expect(await stored(user)).toEqual(expect.arrayContaining([...wanted])), patience);
      const all = wanted.map(() => "cache");
      await vi.waitFor(async () => expect(await tokens(node, user, ...wanted)).toEqual(all), patience);
    },
    async expectSeparation(...homeAccountIds) {
      const partitions = Object.entries(await partitionsOf(server));
      const expected = homeAccountIds.map((user) => `msal-ts:{user:${user}}`);
      expect(partitions.map(([key]) => key)).toEqual(expect.arrayContaining(expected));
      for (const [key, text] of partitions) {
        const strangers = users.map((name) => userOf(cloud, name)).filter(({ oid }) => !key.includes(oid));
        expect(strangers).toHaveLength(users.length - 1);
        for (const { oid, username } of strangers) {
          expect(text).not.toContain(oid);
          expect(text).not.toContain(username);
        }
      }
    },
    async [Symbol.asyncDispose]() {
      server.resume();
      await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Gets tokens, which a cache in memory alone would give or get as well. */
async function tokens(node: Node, user: string, ...wanted: readonly string[]): Promise<readonly string[]> {
  const answer = await node.ask({ kind: "tokens", user, scopes: wanted });
  if (answer.fault !== undefined) throw new Error(answer.fault);
  return answer.sources;
}

describe.skipIf(skipsRedis())("two nodes and a Redis that comes and goes", () => {
  let program: BundledProgram;
  let cloud: Emulator;

  beforeAll(async () => {
    [program, cloud] = await Promise.all([bundleProgram(new URL("program.ts", import.meta.url)), startCloud()]);
  });
  afterAll(async () => {
    await cloud.close();
    await program[Symbol.asyncDispose]();
  });

  it.concurrent.each(["redis", "ioredis"] as const)(
    "go on while it is away, and share what was missed, with %s",
    async (kind) => {
      await using scene = await openScene(program.path, cloud, kind);
      const { server, signIn, untilShared, expectSeparation } = scene;
      const [one, other] = scene.nodes;
      const [alice, bob] = [await signIn(one, "alice"), await signIn(other, "bob")];
      expect(await tokens(other, alice, orders)).toEqual(["cache"]);
      expect(await tokens(one, bob, orders)).toEqual(["cache"]);

      // Ended, and started with nothing.
      await server.terminate();
      expect(await tokens(one, alice, orders, stock)).toEqual(["cache", "identity_provider"]);
      expect(await tokens(other, bob, orders, stock)).toEqual(["cache", "identity_provider"]);
      const carol = await signIn(one, "carol");
      expect(await tokens(one, carol, orders, stock)).toEqual(["cache", "identity_provider"]);
      await server.start();
      await untilShared(other, alice, orders, stock);
      await untilShared(one, bob, orders, stock);
      await untilShared(other, carol, orders, stock);
      await expectSeparation(alice, bob, carol);

      // Hung.
      server.pause();
      expect(await tokens(one, alice, orders, files)).toEqual(["cache", "identity_provider"]);
      expect(await tokens(other, bob, orders, files)).toEqual(["cache", "identity_provider"]);
      const dave = await signIn(other, "dave");
      server.resume();
      await untilShared(other, alice, files);
      await untilShared(one, bob, files);
      await untilShared(one, dave, orders);
      await expectSeparation(alice, bob, carol, dave);

      // Ended, and started with what it had.
      const admin = await createClient({ url: server.url }).connect();
      await admin.sendCommand(["SAVE"]);
      admin.destroy();
      await server.terminate();
      expect(await tokens(one, alice, notes)).toEqual(["identity_provider"]);
      expect(await tokens(other, bob, notes)).toEqual(["identity_provider"]);
      await server.start();
      await untilShared(other, alice, orders, stock, files, notes);
      await untilShared(one, bob, orders, stock, files, notes);
      await untilShared(other, dave, orders);
      await expectSeparation(alice, bob, carol, dave);
    },
  );

  it.concurrent("lose nobody when it loses everything between two calls", async () => {
    await using scene = await openScene(program.path, cloud, "redis");
    const { server, signIn, untilShared, expectSeparation } = scene;
    const [one, other] = scene.nodes;
    const [alice, bob] = [await signIn(one, "alice"), await signIn(other, "bob")];
    await server.stop();
    await server.start();
    const calls = [
      tokens(one, alice, orders, stock, tasks),
      tokens(other, bob, orders, stock, polls),
      signIn(one, "carol"),
    ];
    await Promise.all(calls);
    await untilShared(other, alice, orders, stock, tasks);
    await untilShared(one, bob, orders, stock, polls);
    await expectSeparation(alice, bob);
  });

  it.concurrent("sign nobody in again who signed out on one of them while it was away", async () => {
    await using scene = await openScene(program.path, cloud, "redis");
    const { server, signIn, stored } = scene;
    const [one, other] = scene.nodes;
    const alice = await signIn(one, "alice");
    expect(await tokens(other, alice, orders)).toEqual(["cache"]);
    await server.terminate();
    expect(await one.ask({ kind: "sign out", user: alice })).toHaveProperty("user");
    expect(await one.ask({ kind: "tokens", user: alice, scopes: [orders] })).toEqual({ fault: "nobody is signed in" });
    await server.start();
    await vi.waitFor(async () => {
      const answer = await other.ask({ kind: "tokens", user: alice, scopes: [orders] });
      expect(answer).toEqual({ fault: "nobody is signed in" });
    }, patience);
    expect(await stored(alice)).toEqual([]);
  });
});

/** The texts of all partitions, by key. */
async function partitionsOf({ url }: RedisServer): Promise<Record<string, string>> {
  const client = await createClient({ url }).connect();
  try {
    const keys = (await client.keys("msal-ts:{*")).toSorted((one, two) => (one < two ? -1 : 1));
    const texts = keys.map(async (key) => [key, (await client.hGet(key, "data")) ?? ""]);
    return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
  } finally {
    client.destroy();
  }
}
