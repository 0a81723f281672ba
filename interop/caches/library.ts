/** One call of a library of the family: which application, at which authority, what for, with which cache before. */
export interface Step {
  /** A user signs in by password, is asked for, has a token renewed or signs out; the daemon gets a token of its own. */
  readonly action: "signIn" | "accounts" | "silent" | "renew" | "signOut" | "appToken";
  readonly host: string;
  /** The path: a tenant, or what another kind of authority has there. */
  readonly tenant: string;
  /** The name of the emulator's user. Needed but for accounts and the daemon. */
  readonly user?: string;
  /** The serialized cache before. Default: none. */
  readonly state?: string;
}

/** Where somebody's token comes from: the user, or the daemon, and the authority. */
export type Source = Pick<Step, "host" | "tenant" | "user">;

/** What came of it. */
export interface Outcome {
  /** The serialized cache after. */
  readonly state: string;
  /** The access token. */
  readonly token?: string | undefined;
  /** Of accounts: the names of those listed. */
  readonly usernames?: readonly string[];
}

/** A library of the family at the emulator. Each step starts from a serialized cache, as after a restart. */
export interface Library {
  readonly name: "MSAL Python" | "msal-node" | "msal-ts";
  /** Users are those of the application `desktop`, the daemon is `daemon`. Rejects where the library fails. */
  act(step: Step): Promise<Outcome>;
}

/** The scope that all the sign-ins here are for. */
export const userScope = "User.Read";
export const appScope = "api://orders/.default";
