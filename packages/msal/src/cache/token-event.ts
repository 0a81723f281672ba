import { MsalArgumentError } from "../error/argument-error.ts";
import { bindingOf } from "../protocol/bound-token.ts";
import { homeAccountIdOf } from "../protocol/client-info.ts";
import { decodeIdToken } from "../protocol/id-token.ts";
import type { IdTokenClaims } from "../protocol/id-token.ts";
import { realmOf } from "../protocol/realm.ts";
import { readNumber, readText } from "../protocol/wire-value.ts";
import type {
  AccessTokenEntry,
  AccountEntry,
  AppMetadataEntry,
  CacheEntries,
  IdTokenEntry,
  RefreshTokenEntry,
} from "./schema.ts";

/** A token answer and what is known of its request, in wire names: what `TokenCache.add` takes. */
export interface TokenEvent {
  readonly client_id: string;
  /** The scopes that the answer is good for. Default: none. */
  readonly scope?: readonly string[];
  /** Where the answer came from. Its host is the environment, the first segment of its path the realm. */
  readonly token_endpoint: string;
  /** The host to file the entries under, where that is another than the token endpoint's: a regional one. */
  readonly environment?: string;
  /** `client_credentials` makes the application's own tokens, which have no home account. */
  readonly grant_type?: string;
  /** The answer as it came. */
  readonly response: Readonly<Record<string, unknown>>;
  /** Body parameters of the request; `username` is read, and what binds the token: `key_id`, `req_cnf`, `token_type`. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Whose tokens they are, when neither `client_info` nor id token is in the answer to say it. */
  readonly home_account_id?: string;
  /** The name that the user signed in with. */
  readonly username?: string;
  /** Default: `ADFS` in the realm `adfs`, else `MSSTS`. */
  readonly authority_type?: string;
  /** A renewal makes no account: it may have been removed in the meantime. Default: false. */
  readonly skip_account_creation?: boolean;
  /** The id under which the operating system's broker knows the user, when the answer is the broker's. */
  readonly broker_account_id?: string;
  /** The SHA-256 of the user's token that was exchanged on behalf of the user. */
  readonly user_assertion_hash?: string;
}

/** The entries that an answer makes, in the order in which they are to be written. */
export type TokenEntries = { readonly [T in keyof CacheEntries]?: CacheEntries[T] };

/** What all entries of one answer share. */
interface Origin {
  readonly event: TokenEvent;
  readonly now: number;
  readonly clientId: string;
  readonly environment: string;
  readonly realm: string;
  readonly homeAccountId: string | null;
  readonly target: string;
  readonly claims: IdTokenClaims | undefined;
}

/** Seconds that an access token lives when the answer does not say. */
const defaultLifetime = 600;

/**
 * Turns a token answer into cache entries.
 *
 * @param now - Epoch seconds.
 * @param share - Gives one copy of a string that many entries repeat.
 * @throws {@link MsalError} `invalid_id_token` when the id token cannot be read.
 */
export function entriesOf(event: TokenEvent, now: number, share: (text: string) => string): TokenEntries {
  const origin = originOf(event, now, share);
  const { response } = event;
  const accessToken = readText(response["access_token"]);
  const refreshToken = readText(response["refresh_token"]);
  const idToken = readText(response["id_token"]);
  const ownsAccount = origin.homeAccountId !== null && event.skip_account_creation !== true;
  return {
    ...(accessToken && { AccessToken: accessTokenEntry(origin, accessToken) }),
    ...(refreshToken && { RefreshToken: refreshTokenEntry(origin, refreshToken) }),
    ...(idToken && { IdToken: idTokenEntry(origin, idToken) }),
    ...(ownsAccount && { Account: accountEntry(origin) }),
    AppMetadata: appMetadataEntry(origin),
  };
}

function originOf(event: TokenEvent, now: number, share: (text: string) => string): Origin {
  const { hostname } = endpointOf(event);
  const idToken = readText(event.response["id_token"]);
  const claims = idToken === undefined ? undefined : decodeIdToken(idToken);
  return {
    event,
    now,
    clientId: share(event.client_id),
    environment: share(event.environment ?? hostname),
    realm: share(realmOf(event.token_endpoint)),
    homeAccountId: homeAccountOf(event, claims),
    target: share((event.scope ?? []).toSorted().join(" ")),
    claims,
  };
}

function endpointOf(event: TokenEvent): URL {
  try {
    return new URL(event.token_endpoint);
  } catch {
    throw new MsalArgumentError("invalid_option", "token_endpoint", "must be an absolute URL");
  }
}

function homeAccountOf(event: TokenEvent, claims: IdTokenClaims | undefined): string | null {
  if (event.grant_type === "client_credentials") return null;
  const named = homeAccountIdOf(readText(event.response["client_info"])) ?? claims?.sub;
  return named ?? readText(event.home_account_id) ?? null;
}

function accessTokenEntry(origin: Origin, secret: string): AccessTokenEntry {
  const { event, now, clientId, environment, realm, homeAccountId, target } = origin;
  const { response, data, user_assertion_hash } = event;
  const lifetime = secondsOf(response["expires_in"]);
  const expiresOn = secondsOf(response["expires_on"]) ?? now + (lifetime ?? defaultLifetime);
  const extension = secondsOf(response["ext_expires_in"]) ?? lifetime ?? 0;
  const refreshIn = secondsOf(response["refresh_in"]);
  const keyId = bindingOf(data);
  return {
    credential_type: "AccessToken",
    secret,
    home_account_id: homeAccountId,
    environment,
    client_id: clientId,
    target,
    realm,
    token_type: readText(response["token_type"]) ?? "Bearer",
    cached_at: String(now),
    expires_on: String(expiresOn),
    // The extension is for bad times: it never cuts the token's life short.
    extended_expires_on: String(Math.max(expiresOn, now + extension)),
    ...(refreshIn !== undefined && { refresh_on: String(now + refreshIn) }),
    ...(keyId && { key_id: keyId }),
    ...(user_assertion_hash && { user_assertion_hash }),
  };
}

function refreshTokenEntry(origin: Origin, secret: string): RefreshTokenEntry {
  const { event, now, clientId, environment, homeAccountId, target } = origin;
  const family = readText(event.response["foci"]);
  return {
    credential_type: "RefreshToken",
    secret,
    home_account_id: homeAccountId,
    environment,
    client_id: clientId,
    target,
    last_modification_time: String(now),
    ...(family && { family_id: family }),
  };
}

function idTokenEntry(origin: Origin, secret: string): IdTokenEntry {
  const { clientId, environment, realm, homeAccountId } = origin;
  return {
    credential_type: "IdToken",
    secret,
    home_account_id: homeAccountId,
    environment,
    realm,
    client_id: clientId,
  };
}

function accountEntry(origin: Origin): AccountEntry {
  const { event, environment, realm, homeAccountId, claims } = origin;
  const name = readText(claims?.name);
  return {
    home_account_id: homeAccountId,
    environment,
    realm,
    local_account_id: readText(claims?.oid) ?? claims?.sub ?? null,
    username: usernameOf(origin),
    authority_type: event.authority_type ?? (realm.toLowerCase() === "adfs" ? "ADFS" : "MSSTS"),
    ...(name && { name }),
    ...(event.broker_account_id && { nativeAccountId: event.broker_account_id }),
  };
}

function usernameOf({ event, claims }: Origin): string {
  const claimed = readText(claims?.preferred_username) ?? readText(claims?.upn);
  const typed = readText(event.data?.["username"]) ?? event.username;
  // ADFS, where the administrator let no upn out, and B2C.
  return claimed ?? typed ?? readText(claims?.["unique_name"]) ?? firstText(claims?.["emails"]) ?? "";
}

function firstText(list: unknown): string | undefined {
  return Array.isArray(list) ? readText(list[0]) : undefined;
}

function appMetadataEntry(origin: Origin): AppMetadataEntry {
  const { event, clientId, environment } = origin;
  const family = readText(event.response["foci"]);
  return { client_id: clientId, environment, ...(family && { family_id: family }) };
}

/** The end of the year 9999: beyond it, other libraries have no date, and numbers get another form as text. */
const furthest = 253_402_300_799;

/** Whole seconds: the times of a cache have no fractions. */
function secondsOf(value: unknown): number | undefined {
  const seconds = readNumber(value);
  return seconds === undefined ? undefined : Math.max(-furthest, Math.min(Math.trunc(seconds), furthest));
}
