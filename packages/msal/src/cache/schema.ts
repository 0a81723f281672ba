/**
 * The unified cache schema that the MSAL libraries share. Names and values are those of the file, so that another
 * library can read what this one writes.
 *
 * Entries are read-only: to change one, give the change to `TokenCache.modify`. Fields that this library does not know
 * are kept.
 */
interface Entry {
  readonly [field: string]: unknown;
}

/** What every token's entry says. */
interface CredentialEntry extends Entry {
  /** The token itself. */
  readonly secret: string;
  /** Whose token it is, `{uid}.{utid}`; null for an application's own token. */
  readonly home_account_id: string | null;
  /** The host of the authority. */
  readonly environment: string;
  readonly client_id: string;
}

/** An access token and what it is good for. */
export interface AccessTokenEntry extends CredentialEntry {
  readonly credential_type: "AccessToken";
  /** The tenant that issued it. */
  readonly realm: string;
  /** The scopes it is good for, joined by spaces. */
  readonly target: string;
  readonly token_type: string;
  /** Epoch seconds, as a string, like all times here. */
  readonly cached_at: string;
  readonly expires_on: string;
  /** How long it may be used while the identity provider is down. */
  readonly extended_expires_on?: string;
  /** From when on it should be renewed, though it is still good. */
  readonly refresh_on?: string;
  /** The key that the token is bound to; absent for a bearer token. */
  readonly key_id?: string;
  /** The SHA-256 of the user's token that this one was got on behalf of. */
  readonly user_assertion_hash?: string;
}

/** A refresh token, the user's or a family's. */
export interface RefreshTokenEntry extends CredentialEntry {
  readonly credential_type: "RefreshToken";
  /** The scopes it was got with. It is good for others too. Absent where another library wrote it. */
  readonly target?: string;
  readonly last_modification_time?: string;
  /** The family of applications that may use it. */
  readonly family_id?: string;
}

/** An id token, as it came. */
export interface IdTokenEntry extends CredentialEntry {
  readonly credential_type: "IdToken";
  readonly realm: string;
}

/** A user who has signed in. */
export interface AccountEntry extends Entry {
  readonly home_account_id: string | null;
  readonly environment: string;
  readonly realm: string;
  /** The user's id in this tenant; null where no id token came. */
  readonly local_account_id: string | null;
  /** For display. Empty where nobody told it. */
  readonly username: string;
  /** `MSSTS` for Entra ID, `ADFS`, or another that the application gave. */
  readonly authority_type: string;
  readonly name?: string;
  /** The id under which the operating system's broker knows the user, by the name that msal-node gives it. */
  readonly nativeAccountId?: string;
}

/** What is known of a client at one host. */
export interface AppMetadataEntry extends Entry {
  readonly client_id: string;
  readonly environment: string;
  /** The family that the application belongs to. */
  readonly family_id?: string;
}

/** The sections of a cache and what is in them. */
export interface CacheEntries {
  AccessToken: AccessTokenEntry;
  RefreshToken: RefreshTokenEntry;
  IdToken: IdTokenEntry;
  Account: AccountEntry;
  AppMetadata: AppMetadataEntry;
}

/** The name of a section. */
export type CacheEntryType = keyof CacheEntries;

/** The sections in the order in which they are written. */
export const CACHE_ENTRY_TYPES: readonly CacheEntryType[] = [
  "AccessToken",
  "RefreshToken",
  "IdToken",
  "Account",
  "AppMetadata",
];
