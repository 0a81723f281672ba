import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pythonInterpreter } from "@msal-ts/interop/python";
import type { Effort } from "../effort.ts";
import { installed, type Library, msalNode, ours } from "../peers/libraries.ts";
import { textOf } from "../report/figure.ts";
import { type Limit, timeLimit } from "../report/limit.ts";
import type { Section } from "../report/section.ts";
import { bareNode, type Cost, firstTokenPrograms, importPrograms, type StartProgram } from "./programs.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

/** What our import and our first token may take, in milliseconds, on the machine where msal-node's take `peer`. */
const kinds = [
  { what: "import", programsOf: importPrograms, atMost: 10, peer: 66 },
  { what: "first token", programsOf: firstTokenPrograms, atMost: 30, peer: 72 },
] as const;

interface Start {
  readonly what: string;
  readonly library: Library;
  readonly cost: Cost;
}

/** Starts programs in turn, so that a machine that gets slower or faster does so for all. `door`: where ours is. */
export function benchColdStart({ rounds }: Effort, door = "msal-ts"): Section {
  const programs = kinds.flatMap(({ what, programsOf }) => programsOf(door).map((program) => ({ what, ...program })));
  const libraries = installed([...new Set(programs.map(({ library }) => library))]);
  const running = programs.filter(({ library }) => libraries.includes(library));
  const bare: Cost[] = [];
  const costs = running.map((): Cost[] => []);
  for (let round = 0; round < rounds; round += 1) {
    bare.push(runNode(bareNode));
    for (const [index, program] of running.entries()) costs[index]?.push(run(program));
  }
  const ofNode = typical(bare);
  const starts = running.map(({ what, library }, index): Start => {
    const cost = typical(costs[index] ?? []);
    return { what, library, cost: library.runtime === "node" ? difference(cost, ofNode) : cost };
  });
  return {
    title: "Cold start",
    about:
      `Milliseconds over the runtime's own start (Node's is ${textOf(ofNode.elapsed)} ms), medians of ${rounds} ` +
      "processes. The first token comes from a network that answers at once.",
    plots: [
      {
        kind: "bars",
        file: "cold-start",
        title: "Cold start",
        value: "milliseconds over the runtime's start",
        groups: kinds.map(({ what }) => what),
        bars: libraries.map((library) => ({
          name: library.name,
          values: kinds.map(({ what }) => find(starts, what, library)?.elapsed),
        })),
      },
    ],
    tables: [
      {
        rows: [
          ["", "elapsed", "processor"],
          ...starts.map(({ what, library, cost }) => [
            `${what}, ${library.name}`,
            textOf(cost.elapsed),
            textOf(cost.processor),
          ]),
        ],
      },
    ],
    limits: limitsOf(starts),
  };
}

function limitsOf(starts: readonly Start[]): Limit[] {
  return kinds.flatMap(({ what, atMost, peer }) => {
    const value = find(starts, what, ours)?.elapsed;
    const theirs = find(starts, what, msalNode)?.elapsed ?? peer;
    if (value === undefined) return [];
    return [
      timeLimit(
        { what: `Cold ${what}`, value, atMost, unit: " ms" },
        { of: "msal-node", value: theirs, reference: peer },
      ),
    ];
  });
}

function find(starts: readonly Start[], what: string, library: Library): Cost | undefined {
  return starts.find((start) => start.what === what && start.library === library)?.cost;
}

function run({ library, code }: StartProgram): Cost {
  return library.runtime === "node" ? runNode(code) : costOf(pythonInterpreter(), ["-c", code]);
}

function runNode(code: string): Cost {
  return costOf(process.execPath, ["--input-type=module", "--eval", code]);
}

function costOf(command: string, args: readonly string[]): Cost {
  const env = { ...process.env, NODE_OPTIONS: "" };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: here, encoding: "utf8", env });
  if (status !== 0) throw new Error(`A program of the cold start failed:\n${stderr}`);
  return JSON.parse(stdout) as Cost;
}

function difference(cost: Cost, start: Cost): Cost {
  return { elapsed: cost.elapsed - start.elapsed, processor: cost.processor - start.processor };
}

function typical(costs: readonly Cost[]): Cost {
  return {
    elapsed: median(costs.map(({ elapsed }) => elapsed)),
    processor: median(costs.map(({ processor }) => processor)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
