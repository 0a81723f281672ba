/** A library that starts with an empty cache, and a network that counts. */
export interface Client {
  /** `answer` is what the network gives for a token, in its own time. */
  start(answer: () => Promise<object>): Started;
}

/** What is measured: requests for different tokens, one after the other; and for the same one, all at once. */
export type Course = "distinct" | "distinct at once" | "equal at once";

/** What a program that measures is told. */
export interface Job {
  readonly library: string;
  /** How many requests are made in each course. */
  readonly count: number;
  /** Milliseconds that the network takes for a token where requests are made at once. */
  readonly delay: number;
}

/** A library at work. */
export interface Started {
  readonly ask: (scope: string) => Promise<unknown>;
  /** How many requests have gone to the network. */
  readonly requests: () => number;
}
