import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RedisServer, skipsRedis, startRedis } from "../redis/redis-server.ts";
import { type BundledProgram, bundleProgram } from "../bundled-program.ts";
import { type Crew, type Member, startCrew } from "./crew.ts";
import type { Job, JobReport, StorePlace } from "./messages.ts";
import { type IssuedGrant, startProvider, type TokenProvider } from "./token-provider.ts";
import { within } from "./within.ts";

const user = "user-1";
const app = "app-1";
const processes = 8;
const requestsEach = 125;

/** Milliseconds for which a renewal is held: whoever does not wait for its outcome asks for another one meanwhile. */
const held = 1500;

/** Seconds: far more than it takes, and than a lock lives without its holder. */
const limit = 40;

describe("1,000 requests for one expired token, spread over 8 processes", { timeout: 120_000 }, () => {
  let worker: BundledProgram;
  let folder: string;

  beforeAll(async () => {
    worker = await bundleProgram(new URL("worker.ts", import.meta.url));
  });

  afterAll(() => worker[Symbol.asyncDispose]());

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "msal-ts-renewal-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  describe("that share a file", () => {
    const place = (): StorePlace => ({ kind: "file", path: join(folder, "private", "tokens.json") });

    it("make one renewal", async () => expectOneRenewal(worker, place()));

    it("make two at most when the one that renews is killed in the middle", async () =>
      expectOvertaking(worker, place()));
  });

  describe.skipIf(skipsRedis())("that share a Redis", () => {
    let server: RedisServer;

    beforeEach(async () => {
      server = await startRedis();
    });

    afterEach(() => server[Symbol.asyncDispose]());

    it("make one renewal", async () => expectOneRenewal(worker, placeIn(server, 10_000)));

    it("make two at most when the one that renews is killed, as soon as its lock has ended", async () =>
      expectOvertaking(worker, placeIn(server, 3000)));
  });
});

function placeIn({ url }: RedisServer, lockLifetime: number): StorePlace {
  return { kind: "redis", url, lockLifetime };
}

async function expectOneRenewal(worker: BundledProgram, place: StorePlace): Promise<void> {
  await using provider = await startProvider({ firstLifetime: 60, beforeAnswer: holdRenewal });
  const { tokens, faults } = await askAll(worker, provider, place);
  expect(faults).toEqual([]);
  expect(provider.grants.map(({ type }) => type)).toEqual(["password", "refresh_token"]);
  expect(tokens).toHaveLength(processes * requestsEach);
  expect(new Set(tokens)).toEqual(new Set([`access ${user} 2`]));
}

async function expectOvertaking(worker: BundledProgram, place: StorePlace): Promise<void> {
  let killHolder: (grant: IssuedGrant) => Promise<void> = () => Promise.resolve();
  await using provider = await startProvider({
    firstLifetime: 60,
    // The holder has sent its request, and dies before there is an answer.
    beforeAnswer: async (grant) => (grant.number === 2 ? killHolder(grant) : holdRenewal(grant)),
  });
  const { tokens, faults } = await askAll(worker, provider, place, (crew) => {
    killHolder = async ({ job }) => crew.kill(holderOf(crew, job));
  });
  expect(faults).toEqual([]);
  expect(provider.grants.map(({ type }) => type)).toEqual(["password", "refresh_token", "refresh_token"]);
  expect(tokens).toHaveLength((processes - 1) * requestsEach);
  expect(new Set(tokens)).toEqual(new Set([`access ${user} 3`]));
}

async function holdRenewal({ type }: IssuedGrant): Promise<void> {
  if (type === "refresh_token") await wait(held);
}

function holderOf({ members }: Crew, job: string): Member {
  const holder = members.find(({ jobs }) => jobs.has(Number(job)));
  if (holder === undefined) throw new Error(`nobody does job ${job}`);
  return holder;
}

interface Answers {
  readonly tokens: readonly string[];
  readonly faults: readonly string[];
}

/** Signs the user in with a token that has ended as good as, and then lets all processes ask for another one at once. */
async function askAll(
  { path: program }: BundledProgram,
  { authority, grants }: TokenProvider,
  place: StorePlace,
  whenReady: (crew: Crew) => void = () => {},
): Promise<Answers> {
  const tokens: string[] = [];
  const faults: string[] = [];
  let settled = (): void => {};
  await using crew = await startCrew(program, { authority, place }, processes, {
    reported(_, { id, tokens: got = [], isAbsent, fault }: JobReport) {
      if (id > 0) tokens.push(...got);
      if (isAbsent === true || fault !== undefined) faults.push(fault ?? "the user is not in the cache");
      settled();
    },
    killed: () => settled(),
  });
  const send = async (jobs: readonly Job[]): Promise<void> => {
    const done = new Promise<void>((resolve) => {
      settled = () => void (crew.members.every((member) => member.jobs.size === 0) && resolve());
    });
    for (const [index, job] of jobs.entries()) crew.members[index]?.send(job);
    const missing = (): string => `${tokens.length} tokens, ${grants.length} grants, ${faults.join("\n")}`;
    await within(limit, done, missing);
  };
  await send([{ id: 0, kind: "sign in", user, app }]);
  whenReady(crew);
  await send(crew.members.map((_, index) => ({ id: index + 1, kind: "ask", user, app, times: requestsEach })));
  return { tokens, faults: [...faults, ...crew.faults] };
}
