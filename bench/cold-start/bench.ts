import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Limit, Section } from "../report.ts";
import { type Cost, firstTokens, imports, nothing, type Program } from "./programs.ts";

/** An odd number, so that there is a median. */
const rounds = 21;
const here = fileURLToPath(new URL(".", import.meta.url));

/** Starts the programs in turn, so that a machine that gets slower or faster does so for all of them. */
export function benchColdStart(): Section {
  const costs = new Map<Program, Cost[]>([nothing, ...imports, ...firstTokens].map((program) => [program, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [program, list] of costs) list.push(run(program));
  }
  const typical = (program: Program, kind: keyof Cost): number =>
    median((costs.get(program) ?? []).map((cost) => cost[kind]));
  const over = (program: Program, kind: keyof Cost): number => typical(program, kind) - typical(nothing, kind);
  const row = (what: string, program: Program): string[] => [
    `${what} ${program.name}`,
    over(program, "elapsed").toFixed(1),
    over(program, "processor").toFixed(1),
  ];
  const limitsOf = (what: string, programs: readonly Program[], atMost: number): Limit[] =>
    programs
      .slice(0, 1)
      .map((program) => ({ what: `${what} ${program.name}`, value: over(program, "elapsed"), atMost, unit: " ms" }));
  return {
    title: "Cold start",
    about:
      `Milliseconds over Node's own start (${typical(nothing, "elapsed").toFixed(0)} ms), medians of ${rounds} ` +
      "processes. The first token comes from a network that answers at once.",
    rows: [
      ["", "elapsed", "processor"],
      ...imports.map((program) => row("import", program)),
      ...firstTokens.map((program) => row("first token,", program)),
    ],
    limits: [...limitsOf("import", imports, 10), ...limitsOf("first token,", firstTokens, 30)],
  };
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
