/** An application as a flow wants it, in MSAL Python's names. */
export interface AppChoice {
  readonly kind: "public" | "confidential";
  readonly options: Readonly<Record<string, unknown>>;
}

/** What came of a call: what it returned, or how it failed. */
export type Outcome = { readonly result: unknown } | { readonly raised: string; readonly message: string };

/** An application of one of the two libraries. */
export interface LibraryApp {
  /**
   * Calls a method, named and with arguments as in MSAL Python. `account`: pass the cached account of this user name,
   * the only one for an empty one.
   */
  call(method: string, parameters: Readonly<Record<string, unknown>>, account?: string): Promise<Outcome>;
}

/** One of the two libraries at work in one flow. All applications of a flow share its cache. */
export interface Library {
  readonly name: "python" | "ours";
  /** Rejects when the library refuses the options. */
  createApp(choice: AppChoice): Promise<LibraryApp>;
  /** Sets environment variables of its process; `null` takes one away. */
  setEnvironment(variables: Readonly<Record<string, string | null>>): Promise<void>;
  serialize(): Promise<string>;
  /** Goes on with another cache, as after a restart. Applications made before keep theirs. */
  deserialize(state: string): Promise<void>;
}
