import { execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { isRecord } from "../is-record.ts";
import { mustSkip } from "../must-skip.ts";

/** One call of a method of MSAL Python, in its own names. */
export interface PythonJob {
  readonly kind: "public" | "confidential";
  readonly options: Readonly<Record<string, unknown>>;
  readonly cache: string | null;
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Passes the cached account of this user name as `account`. */
  readonly account?: string | undefined;
}

/** What came of it, and the cache as MSAL Python writes it. */
export interface PythonOutcome {
  readonly result: Readonly<Record<string, unknown>>;
  readonly cache: string;
}

const driver = fileURLToPath(new URL("driver.py", import.meta.url));

/** A Python that has MSAL: the distribution's own comes first, since packages of the system are found by it alone. */
const interpreter = ["/usr/bin/python3", "python3"].find(hasMsal);

/** True when the suites with MSAL Python have to be skipped. Throws in CI instead. */
export function skipsPython(): boolean {
  const isInstalled = interpreter !== undefined;
  return mustSkip({ name: "MSAL Python", isInstalled, install: "apt-get install python3-msal" });
}

/** The Python that has MSAL. Throws where there is none. */
export function pythonInterpreter(): string {
  if (interpreter !== undefined) return interpreter;
  throw new Error("There is no Python with MSAL.");
}

/** Runs a job in a process of its own. Rejects with what Python says when it fails. */
export async function runPython(job: PythonJob): Promise<PythonOutcome> {
  const child = spawn(pythonInterpreter(), [driver], { env: pythonEnvironment(), stdio: "pipe", timeout: 50_000 });
  const exit = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  child.stdin.end(JSON.stringify(job));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  if (code !== 0) throw new Error(`MSAL Python ended with ${code}: ${errors}`);
  const outcome: unknown = JSON.parse(output);
  if (isRecord(outcome) && isRecord(outcome["result"]) && typeof outcome["cache"] === "string") {
    return { result: outcome["result"], cache: outcome["cache"] };
  }
  throw new Error(`MSAL Python gave something else: ${output}`);
}

function hasMsal(python: string): boolean {
  try {
    execFileSync(python, ["-c", "import msal"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Without these two, which would win over the CA that an application names. */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  const { REQUESTS_CA_BUNDLE: _requests, CURL_CA_BUNDLE: _curl, ...rest } = process.env;
  return rest;
}
