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

/** What a process tells of its terminal. */
interface Process {
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The terminal that a process writes to (https://no-color.org). */
export function processTerminal({ stdout, env }: Process): Terminal {
  return {
    write: (text) => void stdout.write(`${text}\n`),
    colour: stdout.isTTY === true && !env["NO_COLOR"],
    env,
  };
}
