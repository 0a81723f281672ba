import { systemClock, type Clock } from "../runtime/clock.ts";
import type { Logger } from "../runtime/logger.ts";
import { browserCommands, type BrowserCommand } from "./browser-command.ts";
import { thisHost, type BrowserHost, type StartedProgram } from "./browser-host.ts";

/** How {@link openSystemBrowser} works. */
export interface SystemBrowserOptions {
  /** Default: the machine that we run on. */
  host?: BrowserHost;
  /** Default: the system's clock. */
  clock?: Clock;
  logger?: Logger;
}

type Attempt = BrowserCommand | "default";

/** A launcher that finds no browser says so by failing within this time. In milliseconds. */
const graceMs = 1000;

/** Microsoft Edge on Linux signs in with the device's own account, where there is one. */
const edgePrograms = ["microsoft-edge", "microsoft-edge-stable"];

/**
 * Opens an address in a browser of this machine: the one that `BROWSER` names; else on Linux Microsoft Edge, where it
 * is installed; else the user's default, which under WSL is that of Windows.
 *
 * It does not wait for the browser's end, and never rejects.
 *
 * @returns Whether a browser, or a program that looks for one, was started and did not fail at once. False where the
 *   address is none of the web, and on a Linux without a display.
 */
export async function openSystemBrowser(url: string, options: SystemBrowserOptions = {}): Promise<boolean> {
  const { host = thisHost, clock = systemClock, logger } = options;
  // What goes to the system may be a file, or an option of the program: only an address of the web may.
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return false;
  const { href } = new URL(url);
  for (const attempt of attemptsOn(host, href)) {
    if (await succeeds(attempt, href, host, clock)) return true;
    logger?.debug?.(`interactive: the browser did not start: ${attempt === "default" ? attempt : attempt.program}`);
  }
  return false;
}

/** `BROWSER` is the user's own word, so that nothing else is tried: `BROWSER=none` is a known way to say no. */
function attemptsOn(host: BrowserHost, url: string): Attempt[] {
  const { BROWSER, DISPLAY, WAYLAND_DISPLAY } = host.environment;
  if (BROWSER) return browserCommands(BROWSER, url, host.delimiter);
  if (host.platform !== "linux" || isWsl(host)) return ["default"];
  if (!DISPLAY && !WAYLAND_DISPLAY) return [];
  return [...edgePrograms.map((program) => ({ program, arguments: [url] })), "default"];
}

/** Windows Subsystem for Linux: its kernel bears the maker's name, its shells these variables. */
function isWsl({ release, environment }: BrowserHost): boolean {
  return /microsoft/i.test(release) || Boolean(environment["WSL_DISTRO_NAME"] ?? environment["WSL_INTEROP"]);
}

async function succeeds(attempt: Attempt, url: string, host: BrowserHost, clock: Clock): Promise<boolean> {
  try {
    const program = attempt === "default" ? await host.openDefault(url) : await host.start(attempt);
    await endOrGrace(program, clock);
    return (program.exitCode ?? 0) === 0;
  } catch {
    return false;
  }
}

/** Settles when the program has ended, or after the grace: a browser that is not yet open usually runs on. */
function endOrGrace(program: StartedProgram, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    if (program.exitCode !== null) return resolve();
    const cancel = clock.after(graceMs, resolve);
    program.once("exit", () => {
      cancel();
      resolve();
    });
  });
}
