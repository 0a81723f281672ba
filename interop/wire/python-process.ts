import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isRecord } from "../is-record.ts";
import { pythonEnvironment, pythonInterpreter } from "../msal-python/python.ts";
import type { Outcome } from "./library.ts";

/** What Python tells while it is busy with a job. */
export interface PythonEvents {
  /** It waits so many seconds. Returns what time it is afterwards, in seconds. */
  slept(seconds: number): number;
  /** It opened the browser. */
  browse(url: string): void;
}

/** A Python with MSAL that stays for many jobs. */
export interface PythonProcess extends AsyncDisposable {
  /** Does one job after the other. */
  perform(job: Readonly<Record<string, unknown>>, events: PythonEvents): Promise<Outcome>;
}

const driver = fileURLToPath(new URL("driver.py", import.meta.url));

export function startPython(): PythonProcess {
  const child = spawn(pythonInterpreter(), [driver], { env: pythonEnvironment(), stdio: ["pipe", "pipe", "inherit"] });
  const exit = new Promise((resolve) => child.on("close", resolve));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const send = (message: unknown): void => void child.stdin.write(`${JSON.stringify(message)}\n`);
  return {
    async perform(job, events) {
      send(job);
      for (;;) {
        const line: unknown = (await lines.next()).value;
        if (typeof line !== "string") throw new Error(`MSAL Python ended in the middle of ${JSON.stringify(job)}`);
        const message: unknown = JSON.parse(line);
        if (!isRecord(message)) throw new Error(`MSAL Python says ${line}`);
        if (typeof message["slept"] === "number") send({ now: events.slept(message["slept"]) });
        else if (typeof message["browse"] === "string") events.browse(message["browse"]);
        else return outcomeOf(message);
      }
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exit;
    },
  };
}

function outcomeOf(message: Readonly<Record<string, unknown>>): Outcome {
  if (typeof message["raised"] !== "string") return { result: message["result"] };
  return { raised: message["raised"], message: String(message["message"]) };
}
