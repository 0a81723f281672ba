/** A library whose cache lies in a store that several processes share. */
export interface StoreClient {
  /** `place` is the path of a file, or the address of a Redis. */
  open(place: string): Promise<OpenStore>;
}

/** The library at work in one process, with a network that answers at once. */
export interface OpenStore {
  /** Signs the numbered user in: the tokens go into the store. */
  readonly signIn: (number: number) => Promise<unknown>;
  /** Asks for the token of a user who is signed in; `fresh` leaves the one in the cache aside and gets a new one. */
  readonly ask: (number: number, fresh: boolean) => Promise<unknown>;
  /** What has been moved between the process and its store since it was opened. */
  readonly traffic: () => Promise<Traffic>;
  readonly close: () => Promise<void>;
}

/** Bytes and requests, all together. */
export interface Traffic {
  readonly bytes: number;
  /** How often the store was asked; absent where the store is no server. */
  readonly trips?: number;
}

/** What a program that measures is told. */
export interface Job {
  readonly subject: string;
  readonly place: string;
  readonly users: number;
  /** `sign in` and `read` take each user once, the rest asks for users at random. */
  readonly work: "sign in" | "read" | "hit" | "miss";
  /** When all processes begin, in epoch milliseconds. */
  readonly startAt: number;
  /** For how many milliseconds they ask. */
  readonly time: number;
}
