import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { SecureEmulator } from "../secure-emulator.ts";
import type { NodeJob, NodeMessage } from "./messages.ts";

/** How a job ended. */
export type NodeEnding = Exclude<NodeMessage, { kind: "visit" }>;

/** A process that runs msal-node and trusts the emulator's CA. */
export interface NodeDriver extends AsyncDisposable {
  readonly secure: SecureEmulator;
  /** Runs a job; one at a time. Alice goes to the pages that msal-node wants to be visited. */
  run(job: NodeJob): Promise<NodeEnding>;
}

const script = fileURLToPath(new URL("driver.ts", import.meta.url));

/** `everyHost`: whatever host msal-node asks, the emulator answers. Default: false, the emulator's own alone. */
export function startDriver(secure: SecureEmulator, { everyHost = false }: { everyHost?: boolean } = {}): NodeDriver {
  const env = {
    ...process.env,
    NODE_EXTRA_CA_CERTS: secure.caFile,
    ...(everyHost && { EMULATOR_OF_EVERY_HOST: secure.emulator.url }),
  };
  const child = fork(script, { execArgv: ["--import", "tsx"], env });
  const exited = once(child, "exit");
  return {
    secure,
    run: (job) => run(child, secure, job),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await exited;
    },
  };
}

function run(child: ChildProcess, { emulator }: SecureEmulator, job: NodeJob): Promise<NodeEnding> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      child.off("message", onMessage).off("exit", onExit);
      settle();
    };
    const onExit = (code: number | null): void =>
      end(() => reject(new Error(`The process with msal-node ended with ${code}.`)));
    const onMessage = (message: NodeMessage): void => {
      if (message.kind !== "visit") return end(() => resolve(message));
      const { url, userCode } = message;
      const visit = emulator.signIn(url, "alice", { ...(userCode !== undefined && { userCode }) });
      visit.catch((error: unknown) => end(() => reject(error)));
    };
    child.on("message", onMessage).on("exit", onExit);
    child.send(job);
  });
}
