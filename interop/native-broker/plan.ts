/** What the program is to do. */
export interface Plan {
  readonly call: "sign in" | "sign in silently" | "silent" | "removal";
  /** Goes on as if the runtime had found a broker. Default: false. */
  readonly ignoresStartupError?: boolean;
}

/** What came of it. */
export interface Outcome {
  readonly result: unknown;
  /** All that the library said. */
  readonly log: readonly string[];
  /** What the library said that it would show. */
  readonly shown: readonly string[];
}
