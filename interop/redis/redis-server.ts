import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mustSkip } from "../must-skip.ts";

/** A Redis of our own, in memory, on loopback. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Ends the server at once, as a crash does. What it holds is gone. */
  stop(): Promise<void>;
  /** Ends the server as an administrator does. What it holds is gone, unless it was told to `SAVE` it before. */
  terminate(): Promise<void>;
  /** Starts it anew on the same port. */
  start(): Promise<void>;
  /** Lets it hang: connections stay, answers do not come. */
  pause(): void;
  resume(): void;
}

/** Whether tests have to do without Redis. */
export function skipsRedis(): boolean {
  const isInstalled = spawnSync("redis-server", ["--version"]).status === 0;
  return mustSkip({ name: "Redis", isInstalled, install: "apt-get install redis-server" });
}

/** Starts a server on any free port. */
export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "msal-ts-redis-"));
  const port = await freePort();
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const options = [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      folder,
    ];
    const started = spawn("redis-server", options, { stdio: ["ignore", "pipe", "inherit"] });
    server = started;
    await new Promise<void>((resolve, reject) => {
      started.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
      started.stdout.on("data", (line: Buffer) => line.includes("Ready to accept connections") && resolve());
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  }
  const stop = (): Promise<void> => end("SIGKILL");

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    stop,
    terminate: () => end("SIGTERM"),
    pause: () => void server?.kill("SIGSTOP"),
    resume: () => void server?.kill("SIGCONT"),
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
