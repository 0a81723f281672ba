/** What a library holds after it got a token. */
export interface Holding {
  /** Its serialized cache. */
  readonly state: string;
  readonly token: string;
}

/** The scope that all the sign-ins here are for. */
export const userScope = "User.Read";
export const appScope = "api://orders/.default";

/**
 * Another library of the family, at the emulator: as the application `desktop` for Alice, as `daemon` for itself. Each
 * method starts from a serialized cache as after a restart.
 */
export interface OtherLibrary {
  /** Signs Alice in, with an empty cache. */
  signIn(): Promise<Holding>;
  /** Gets the daemon a token of its own, with an empty cache. */
  getAppToken(): Promise<Holding>;
  /** Gets Alice's token silently; `forceRefresh` by the refresh token. */
  renew(state: string, forceRefresh: boolean): Promise<Holding>;
}
