import { stderr } from "node:process";
import { redact } from "../error/redact.ts";
import type { Logger } from "../runtime/logger.ts";
import { openSystemBrowser } from "./system-browser.ts";

/** How {@link launchSignIn} brings the sign-in page before the user. */
export interface LaunchOptions {
  /** The authorize URL. */
  url: string;
  /** Told before anything shows up, so that the application can prepare the user. What it throws ends the sign-in. */
  onBeforeLaunchingUi?: (event: { ui: "browser" }) => void | Promise<void>;
  /** Opens the page in the application's own way, and throws or rejects when it cannot. Default: the system's browser. */
  openBrowser?: (url: string) => unknown;
  /** Gets the URL when no browser could be opened. Default: it is printed. */
  onAuthUri?: (url: string) => void | Promise<void>;
  /** Default: a line on stderr, since stdout may be somebody's input. */
  printLine?: (line: string) => void;
  /** Opens the system's browser, and tells whether it could. Default: {@link openSystemBrowser}. */
  openSystem?: (url: string, options?: { logger: Logger }) => Promise<boolean>;
  /** Once aborted, nothing more is shown or printed. */
  signal?: AbortSignal;
  logger?: Logger;
}

/**
 * Brings the sign-in page before the user: by the application's own opener or the system's browser, and where that
 * fails by handing on the URL.
 */
export async function launchSignIn(options: LaunchOptions): Promise<void> {
  const { url, signal, onAuthUri, printLine = printToStderr } = options;
  await options.onBeforeLaunchingUi?.({ ui: "browser" });
  if (isAborted(signal) || (await isOpened(options)) || isAborted(signal)) return;
  if (onAuthUri !== undefined) return onAuthUri(url);
  printLine(`No browser could be opened. To sign in, open this address in a browser on this machine:\n${url}`);
}

async function isOpened(options: LaunchOptions): Promise<boolean> {
  const { url, openBrowser, openSystem = openSystemBrowser, logger } = options;
  if (openBrowser === undefined) return openSystem(url, logger && { logger });
  try {
    await openBrowser(url);
    return true;
  } catch (error) {
    const reason = redact(error instanceof Error ? error.message : "unknown reason", [url]);
    logger?.warn?.(`interactive: "openBrowser" failed: ${reason}`);
    return false;
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function printToStderr(line: string): void {
  stderr.write(`${line}\n`);
}
