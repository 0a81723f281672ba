/** Where the demo shows itself. */
export interface Terminal {
  /** Prints a line, or several. */
  readonly write: (text: string) => void;
  /** Whether colour codes are welcome. */
  readonly colour: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Opens the sign-in page. Default: the system's browser. */
  readonly openBrowser?: (url: string) => void | Promise<void>;
}

/** The terminal this process writes to (https://no-color.org). */
export function processTerminal(): Terminal {
  return {
    write: (text) => void process.stdout.write(`${text}\n`),
    colour: process.stdout.isTTY && !process.env["NO_COLOR"],
    env: process.env,
  };
}
