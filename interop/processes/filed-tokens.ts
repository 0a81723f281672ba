import { isRecord } from "../is-record.ts";
import { homeAccountIdOf, readToken } from "./token-provider.ts";

/**
 * Reads a partition's text entry by entry, and says of each whether it is filed under its own user. `owner` is whose
 * partition it is; absent: everybody's.
 */
export function misfiled(text: string, owner?: string): string[] {
  return entriesIn(text).flatMap(({ key, entry }) => {
    const filedUnder = String(entry["home_account_id"]);
    const user = userOf(entry);
    if (user === undefined) return [`${key} says nothing of its user`];
    const isRight = filedUnder === homeAccountIdOf(user) && key.startsWith(`${filedUnder}-`);
    if (!isRight) return [`${key} holds a token of ${user}`];
    return owner === undefined || owner === filedUnder ? [] : [`${key} is in the partition of ${owner}`];
  });
}

/** A refresh token as a text holds it. */
export interface StoredRefreshToken {
  readonly user: string | undefined;
  readonly clientId: unknown;
  readonly secret: string;
}

/** The refresh tokens in a text. */
export function refreshTokensIn(text: string): StoredRefreshToken[] {
  const tokens = entriesIn(text).filter(({ entry }) => entry["credential_type"] === "RefreshToken");
  return tokens.map(({ entry }) => ({
    user: userOf(entry),
    clientId: entry["client_id"],
    secret: String(entry["secret"]),
  }));
}

/** The home account ids that a text holds accounts of. */
export function accountsIn(text: string): string[] {
  return entriesIn(text).flatMap(({ entry }) => ("username" in entry ? [String(entry["home_account_id"])] : []));
}

interface FiledEntry {
  readonly key: string;
  readonly entry: Readonly<Record<string, unknown>>;
}

/** All but what is known of the application, which is nobody's. */
function entriesIn(text: string): FiledEntry[] {
  const sections: unknown = JSON.parse(text);
  if (!isRecord(sections)) throw new Error(`no token cache: ${text}`);
  return Object.entries(sections).flatMap(([section, entries]) => {
    if (!isRecord(entries) || section === "AppMetadata") return [];
    return Object.entries(entries).map(([key, entry]) => ({ key, entry: isRecord(entry) ? entry : {} }));
  });
}

function userOf(entry: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof entry["username"] === "string") return entry["username"];
  const secret = String(entry["secret"]);
  return entry["credential_type"] === "IdToken" ? subjectOf(secret) : readToken(secret)?.user;
}

function subjectOf(idToken: string): string | undefined {
  const claims: unknown = JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString());
  return isRecord(claims) && typeof claims["sub"] === "string" ? claims["sub"] : undefined;
}
