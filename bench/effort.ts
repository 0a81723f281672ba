/** How much is measured. */
export interface Effort {
  /** How many tokens or users are held, for every library. */
  readonly counts: readonly number[];
  /** How many more we go on to, alone. */
  readonly ownCounts: readonly number[];
  /** Milliseconds for which a short call is repeated. */
  readonly sampleTime: number;
  /** Milliseconds after which a library that fills its cache or measures a call is given up. */
  readonly budget: number;
  /** Processes for each program of the cold start. An odd number, so that there is a median. */
  readonly rounds: number;
  /** How many tokens are missed at once or one after the other. */
  readonly misses: number;
  /** How many processes share a store, step by step. */
  readonly processes: readonly number[];
  /** How many users a shared store holds. */
  readonly users: { readonly file: number; readonly redis: number };
  /**
   * Milliseconds that a process may take until it asks a shared store; `hitOnFile` where files have to settle first:
   * for three seconds after a process has seen one it reads it anew each time, since clocks of file systems are
   * coarse.
   */
  readonly startUp: { readonly atLeast: number; readonly each: number; readonly hitOnFile: number };
}

/** What the written figures are made with. */
export const full: Effort = {
  counts: [1, 100, 1000, 10_000, 100_000],
  ownCounts: [1_000_000],
  sampleTime: 400,
  budget: 60_000,
  rounds: 15,
  misses: 1000,
  processes: [1, 2, 4, 8],
  users: { file: 50, redis: 200 },
  startUp: { atLeast: 600, each: 200, hitOnFile: 3600 },
};

/** Enough to see that every part works. */
export const tiny: Effort = {
  counts: [2],
  ownCounts: [],
  sampleTime: 1,
  budget: 20_000,
  rounds: 1,
  misses: 3,
  processes: [1],
  users: { file: 2, redis: 3 },
  startUp: { atLeast: 0, each: 0, hitOnFile: 0 },
};
