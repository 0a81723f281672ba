import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { nextLine } from "./next-line.ts";

/** What came of a run: the texts in all partitions, or the error. */
export type Outcome =
  | { readonly texts: readonly string[]; readonly error?: undefined }
  | { readonly error: { readonly code: string; readonly message: string; readonly all: string } };

/** A program that has loaded and waits for its start. */
export interface WaitingProgram {
  start(): Promise<Outcome>;
}

/** Starts a process of the bundled program. */
export async function prepareProgram(
  program: string,
  environment: NodeJS.ProcessEnv,
  ...words: readonly string[]
): Promise<WaitingProgram> {
  const child = spawn(process.execPath, [program, ...words], {
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 50_000,
  });
  const lines = createInterface(child.stdout);
  await nextLine(child, lines);
  return {
    async start() {
      const outcome = nextLine(child, lines);
      child.stdin.write("start\n");
      return JSON.parse(await outcome) as Outcome;
    },
  };
}

/** Runs the program from its beginning to its end. */
export async function runProgram(
  program: string,
  environment: NodeJS.ProcessEnv,
  ...words: readonly string[]
): Promise<Outcome> {
  return (await prepareProgram(program, environment, ...words)).start();
}
