import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { release } from "node:os";
import { delimiter } from "node:path";
import { env, platform } from "node:process";
import type { BrowserCommand } from "./browser-command.ts";

/** A program that was started, as far as we look after it. */
export interface StartedProgram {
  /** The exit status, once it has ended; null while it runs or when a signal ended it. */
  readonly exitCode: number | null;
  once(event: "exit", listener: () => void): unknown;
}

/** What of this machine decides how a browser is opened. */
export interface BrowserHost {
  /** The operating system, as Node names it. */
  readonly platform: string;
  /** The kernel's release; names Microsoft under WSL. */
  readonly release: string;
  /** What parts a list in an environment variable. */
  readonly delimiter: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Starts a program that outlives us. Rejects when it cannot be started. */
  start(command: BrowserCommand): Promise<StartedProgram>;
  /** Has the system open the address in the user's default browser. Rejects when it cannot. */
  openDefault(url: string): Promise<StartedProgram>;
}

/** The machine that we run on. */
export const thisHost: BrowserHost = {
  platform,
  release: release(),
  delimiter,
  environment: env,
  start,
  async openDefault(url) {
    const { default: open } = await import("open");
    return open(url);
  },
};

async function start({ program, arguments: args }: BrowserCommand): Promise<ChildProcess> {
  // Detached, with its own streams: closing our terminal must not close the user's browser.
  const child = spawn(program, args, { detached: true, stdio: "ignore", windowsHide: false });
  await once(child, "spawn");
  child.unref();
  return child;
}
