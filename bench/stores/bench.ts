import type { Effort } from "../effort.ts";
import { msalNode, ours } from "../peers/libraries.ts";
import { bundle } from "../process/bundle.ts";
import { nodeProgram } from "../process/program.ts";
import { countText, type Figure, textOf, valueOf } from "../report/figure.ts";
import type { Limit } from "../report/limit.ts";
import type { LinePlot } from "../report/plot.ts";
import type { Section } from "../report/section.ts";
import type { Table } from "../report/table.ts";
import { connectRedis } from "./connect-redis.ts";
import { atOnce, isolationOfMsalNode, isolationOfOurs } from "./isolation.ts";
import { createPlaces } from "./places.ts";
import { type Figures, measureSubject, onRedis, type Result, subjects } from "./subject.ts";

type Work = "hit" | "miss";

const plural: Readonly<Record<Work, string>> = { hit: "hits", miss: "misses" };

/** Lets several processes share a file, and a Redis. */
export async function benchStores(effort: Effort): Promise<Section> {
  await using places = await createPlaces();
  const program = nodeProgram(await bundle(new URL("measure.ts", import.meta.url)));
  const results: Result[] = [];
  for (const subject of subjects) {
    const place = places[subject.kind];
    if (place !== undefined) results.push(await measureSubject(program, { subject, place }, effort));
  }
  const { processes } = effort;
  return {
    title: "Stores shared by processes",
    about: aboutOf(effort),
    plots: [plotOf("hit", results, processes), plotOf("miss", results, processes)],
    tables: [
      rateTable("hit", results, processes),
      rateTable("miss", results, processes),
      trafficTable(results),
      ...(places.redis === undefined ? [] : [await isolationTable(places.redis)]),
    ],
    limits: limitsOf(results),
  };
}

function aboutOf({ users }: Effort): string {
  return (
    "Requests for a user's token in each second, of all processes together; each process asks for one after the other, " +
    `of users at random. The file has ${countText(users.file)} users in one partition, Redis ${countText(users.redis)} ` +
    "users in a partition each. A hit asks the store whether it has anything newer, unless `maxAge` says that it need " +
    "not. A miss leaves the cached token aside, gets one from a network that answers at once, and writes it, all under " +
    "the store's lock. msal-node has no lock, and an application for each request, since one for all would mix its users up. What is " +
    "moved is what one process alone reads and writes, or Redis receives and sends; a first read is that of a user whom " +
    "the process does not have in memory yet."
  );
}

function rateOf(result: Result, work: Work, count: number): Figure {
  return result[work].get(count)?.get("rate") ?? Number.NaN;
}

function rateTable(work: Work, results: readonly Result[], processes: readonly number[]): Table {
  const rowOf = (result: Result): string[] => [
    result.subject.name,
    ...processes.map((count) => textOf(rateOf(result, work, count))),
  ];
  const head = [`${plural[work]} per second, by processes`, ...processes.map(countText)];
  return { rows: [head, ...results.map(rowOf)] };
}

function plotOf(work: Work, results: readonly Result[], processes: readonly number[]): LinePlot {
  return {
    kind: "lines",
    file: `store-${plural[work]}`,
    title: `${work === "hit" ? "Hits" : "Misses"} on a store that processes share`,
    along: "processes",
    value: "requests per second",
    base: 2,
    isLogarithmic: true,
    lines: results.map((result) => ({
      name: result.subject.name,
      points: processes.flatMap((count): [number, number][] => {
        const value = valueOf(rateOf(result, work, count));
        return value === undefined ? [] : [[count, value]];
      }),
    })),
  };
}

function trafficTable(results: readonly Result[]): Table {
  const head = ["moved for one request", "first read, bytes", "trips", "hit, bytes", "trips", "miss, bytes", "trips"];
  const cells = (figures: Figures | undefined): string[] =>
    ["bytes", "trips"].map((name) => textOf(figures?.get(name) ?? Number.NaN));
  const rowOf = ({ subject, first, hit, miss }: Result): string[] => [
    subject.name,
    ...[first, hit.get(1), miss.get(1)].flatMap(cells),
  ];
  return { rows: [head, ...results.map(rowOf)], notes: ["A file is no server: there are no trips to it."] };
}

async function isolationTable(redis: string): Promise<Table> {
  const client = await connectRedis(redis);
  const found = [
    [ours.name, await isolationOfOurs(client)],
    [msalNode.name, await isolationOfMsalNode(client)],
  ] as const;
  await client.close();
  return {
    rows: [
      [`${atOnce} users sign in at once, one application`, "partitions written", "with tokens of several users"],
      ...found.map(([name, { written, mixed }]) => [name, String(written), String(mixed)]),
    ],
  };
}

/** Of a user who is not in memory. */
function limitsOf(results: readonly Result[]): Limit[] {
  const value = results.find(({ subject }) => subject === onRedis)?.first.get("trips");
  return value === undefined ? [] : [{ what: "A user's partition from Redis", value, atMost: 1, unit: " round trips" }];
}
