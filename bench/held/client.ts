/** A library that can be filled with tokens. Each call is answered from its cache: an answer from elsewhere fails. */
export interface Client {
  /** Holds this many of the application's own tokens, each for another API. */
  appTokens?(count: number): Promise<Held>;
  /** Holds the tokens of this many users: each an access, a refresh and an id token, and the account. */
  users?(count: number): Promise<Held>;
}

/** What is held: an application's own tokens, or those of users. */
export type Kind = keyof Client;

/** A filled library. */
export interface Held {
  /** Asks for the numbered token. */
  ask(number: number): Question;
  accounts?(): Promise<readonly unknown[]>;
  serialize?(): string;
  /** Reads a state into an empty cache. */
  deserialize?(state: string): void;
}

/** A call that is ready to be made: what it needs is made beforehand, as applications keep their scopes and accounts. */
export type Question = () => Promise<unknown>;
