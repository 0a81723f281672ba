import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "@msal-ts/emulator";
import { type Account, PublicClientApplication, SerializableTokenCache, unwrap } from "msal-ts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BundledProgram, bundleProgram } from "../bundled-program.ts";
import { skipsRedis, startRedis } from "../redis/redis-server.ts";
import { scopes, startCloud, userOf } from "./cloud.ts";
import { signInAt, startNode } from "./node.ts";
import type { Place } from "./questions.ts";

/** Processes at once. */
const crew = 4;

/** A provider with refresh tokens that are good once, where reuse costs the session. No access token lives long. */
describe("rotation with reuse detection", () => {
  let cloud: Emulator;

  beforeEach(async () => {
    cloud = await startCloud({});
    // With less than five minutes left a token counts as expired, so each call renews.
    cloud.tokenLifetime = 299;
  });
  afterEach(() => cloud.close());

  /** What became of the redemptions: how many there were, and what was refused. */
  function redemptions(): { readonly count: number; readonly refused: readonly string[] } {
    const all = cloud.requests.filter(({ form }) => form["grant_type"] === "refresh_token");
    return { count: all.length, refused: all.flatMap(({ error }) => error ?? []) };
  }

  it("is never provoked by several applications on one cache", async () => {
    const { clientId = "" } = cloud.apps["desktop"] ?? {};
    const options = { clientId, authority: cloud.authority(), tokenCache: new SerializableTokenCache() };
    const create = (): PublicClientApplication => new PublicClientApplication(options);
    const apps = [create(), create(), create()] as const;
    const accounts: Account[] = [];
    for (const name of ["alice", "bob"]) {
      const { username, password } = userOf(cloud, name);
      const { account } = unwrap(
        await apps[0].acquireTokenByUsernamePassword(username, password, ["api://orders/Read"]),
      );
      if (account !== undefined) accounts.push(account);
    }
    expect(accounts).toHaveLength(2);
    for (const forceRefresh of [false, true]) {
      const calls = apps.flatMap((app) =>
        accounts.flatMap((account) =>
          scopes.map((scope) => app.acquireTokenSilent([scope], account, { forceRefresh })),
        ),
      );
      for (const result of await Promise.all(calls)) expect(result).toHaveProperty("access_token");
    }
    const count = 2 * apps.length * accounts.length * scopes.length;
    expect(redemptions()).toEqual({ count, refused: [] });
  });

  describe("in several processes", () => {
    const pressed = { count: 2 * crew * 2 * scopes.length, refused: [] };
    let program: BundledProgram;

    beforeAll(async () => {
      program = await bundleProgram(new URL("program.ts", import.meta.url));
    });
    afterAll(() => program[Symbol.asyncDispose]());

    /** Presses on one place, and gives the refresh tokens that were redeemed. */
    async function press(place: Place): Promise<ReturnType<typeof redemptions>> {
      const { clientId = "" } = cloud.apps["desktop"] ?? {};
      const setup = { authority: cloud.authority(), clientId, place };
      const nodes = await Promise.all(Array.from({ length: crew }, () => startNode(program.path, setup)));
      try {
        const [one, other] = nodes;
        if (one === undefined || other === undefined) throw new Error("two at least");
        const accounts = [await signInAt(one, userOf(cloud, "alice")), await signInAt(other, userOf(cloud, "bob"))];
        for (const isForced of [false, true]) {
          const asked = nodes.flatMap((node) =>
            accounts.map((user) => node.ask({ kind: "tokens", user, scopes, isForced })),
          );
          for (const answer of await Promise.all(asked)) expect(answer).toHaveProperty("sources");
        }
        return redemptions();
      } finally {
        await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()));
      }
    }

    it("is never provoked on one file", async () => {
      const folder = await mkdtemp(join(tmpdir(), "msal-ts-rotation-"));
      try {
        expect(await press({ kind: "file", path: join(folder, "tokens", "tokens.json") })).toEqual(pressed);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });

    it.skipIf(skipsRedis())("is never provoked on one Redis", async () => {
      await using server = await startRedis();
      expect(await press({ kind: "redis", url: server.url, timeout: 10_000 })).toEqual(pressed);
    });
  });
});
