import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Section } from "../report.ts";
import { type Contest, type Cost, firstTokens, imports, nothing, type Program } from "./programs.ts";

/** An odd number, so that there is a median. */
const rounds = 21;
const here = fileURLToPath(new URL(".", import.meta.url));

/**
 * What our import and our first token may take, in milliseconds, on the machine where msal-node's take `peer`. On a
 * slower or busier one they may take as much more as msal-node does there.
 */
const targets = [
  { what: "import", programs: imports, atMost: 10, peer: 66 },
  { what: "first token,", programs: firstTokens, atMost: 30, peer: 72 },
] as const;

/** Starts the programs in turn, so that a machine that gets slower or faster does so for all of them. */
export function benchColdStart(): Section {
  const costs = new Map<Program, Cost[]>(
    [nothing, ...both(imports), ...both(firstTokens)].map((program) => [program, []]),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const [program, list] of costs) list.push(run(program));
  }
  const typical = (program: Program, kind: keyof Cost): number =>
    median((costs.get(program) ?? []).map((cost) => cost[kind]));
  const over = (program: Program, kind: keyof Cost): number => typical(program, kind) - typical(nothing, kind);
  return {
    title: "Cold start",
    about:
      `Milliseconds over Node's own start (${typical(nothing, "elapsed").toFixed(0)} ms), medians of ${rounds} ` +
      "processes. The first token comes from a network that answers at once. The limits are 10 and 30 ms where " +
      "msal-node takes 66 and 72 ms, and grow with what msal-node takes in this very run.",
    rows: [
      ["", "elapsed", "processor"],
      ...targets.flatMap(({ what, programs }) =>
        both(programs).map((program) => [
          `${what} ${program.name}`,
          over(program, "elapsed").toFixed(1),
          over(program, "processor").toFixed(1),
        ]),
      ),
    ],
    limits: targets.map(({ what, programs: { ours, theirs }, atMost, peer }) => ({
      what: `${what} ${ours.name}`,
      value: over(ours, "elapsed"),
      atMost: (atMost / peer) * over(theirs, "elapsed"),
      unit: " ms",
    })),
  };
}

function both({ ours, theirs }: Contest): readonly Program[] {
  return [ours, theirs];
}

function run({ name, code }: Program): Cost {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: here,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  if (status !== 0) throw new Error(`The program with ${name} failed:\n${stderr}`);
  return JSON.parse(stdout) as Cost;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
