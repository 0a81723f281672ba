import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

/** What is started to measure something in a process of its own. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** A program in plain Node, with room for a million tokens. */
export function nodeProgram(path: string): Program {
  return { command: process.execPath, args: ["--expose-gc", "--max-old-space-size=12288", path] };
}

/** What a program has said. */
export interface Said {
  /** A name and a number for each line. */
  readonly figures: ReadonlyMap<string, number>;
  /** Its time was up before it came to its end. */
  readonly isLate: boolean;
}

/**
 * Runs a program that is given a job as JSON, and writes a line of JSON, `["name", number]`, for each figure as soon as
 * it knows it: one that takes too long so leaves what it had until then.
 */
export async function runProgram({ command, args }: Program, job: object, budget: number): Promise<Said> {
  const child = spawn(command, [...args, JSON.stringify(job)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const exit = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const timer = setTimeout(() => child.kill("SIGKILL"), budget);
  const errors = text(child.stderr);
  const figures = new Map<string, number>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [name, value] = JSON.parse(line) as [string, number];
    figures.set(name, value);
  }
  const code = await exit;
  clearTimeout(timer);
  const isLate = child.signalCode === "SIGKILL";
  if (code !== 0 && !isLate) throw new Error(`A program ended with ${code}: ${JSON.stringify(job)}\n${await errors}`);
  return { figures, isLate };
}
