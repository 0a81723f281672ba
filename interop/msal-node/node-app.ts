import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { NodeAuthOptions } from "@azure/msal-node";
import type { SecureEmulator } from "../secure-emulator.ts";
import type { NodeJob, NodeMessage } from "./messages.ts";

/** What one may choose of an application. */
export interface NodeAppOptions {
  /** In place of the application's secret. */
  readonly credential?: Pick<NodeAuthOptions, "clientSecret" | "clientCertificate">;
  /** What another library has written. Default: nothing. */
  readonly cache?: string;
}

/** An application of the emulator, played by msal-node. */
export interface NodeApp {
  /**
   * Calls one of msal-node's methods; Alice goes to the pages that it asks her to visit. Rejects with the fields of
   * msal-node's error.
   */
  call(method: string, request: NodeJob["request"], more?: Pick<NodeJob, "account" | "payload">): Promise<unknown>;
  /** The cache as msal-node wrote it last. */
  cache(): string;
}

type Ending = Exclude<NodeMessage, { kind: "visit" }>;

const driver = fileURLToPath(new URL("driver.ts", import.meta.url));

/** Each call is a process of its own, as after a restart: what lasts is the serialized cache alone. */
export function nodeApp(secure: SecureEmulator, name: string, chosen: NodeAppOptions = {}): NodeApp {
  const { clientId, kind, secret } = secure.app(name);
  const auth: NodeAuthOptions = {
    clientId,
    authority: secure.emulator.authority(),
    // A machine of one's own is no cloud that Microsoft knows.
    knownAuthorities: [new URL(secure.emulator.url).host],
    ...(secret !== undefined && { clientSecret: secret }),
    ...(chosen.credential !== undefined && { clientSecret: "", ...chosen.credential }),
  };
  let cache = chosen.cache ?? null;
  return {
    async call(method, request, more = {}) {
      const ending = await runDriver(secure, { kind, auth, cache, method, request, ...more });
      if (ending.kind === "failed") throw Object.assign(new Error("msal-node failed"), ending.error);
      ({ cache } = ending);
      return ending.result;
    },
    cache: () => cache ?? "{}",
  };
}

function runDriver({ caFile, emulator }: SecureEmulator, job: NodeJob): Promise<Ending> {
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: caFile };
  const child = fork(driver, { execArgv: ["--import", "tsx"], env, timeout: 50_000 });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`The driver ended with ${code} and said nothing.`)));
    child.on("message", (message: NodeMessage) => {
      if (message.kind !== "visit") return resolve(message);
      const { url, userCode } = message;
      emulator.signIn(url, "alice", { ...(userCode !== undefined && { userCode }) }).catch((error: unknown) => {
        child.kill();
        reject(error);
      });
    });
    child.send(job);
  });
}
