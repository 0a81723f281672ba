import { MsalArgumentError } from "../error/argument-error.ts";
import { CACHE_ENTRY_TYPES } from "./schema.ts";
import type { CacheEntries, CacheEntryType } from "./schema.ts";

/** Without these an entry can neither be found nor used. */
const neededFields: Readonly<Record<CacheEntryType, readonly string[]>> = {
  AccessToken: ["secret", "environment", "client_id", "realm", "target"],
  RefreshToken: ["secret", "environment", "client_id"],
  IdToken: ["secret", "environment", "client_id", "realm"],
  Account: ["environment", "realm"],
  AppMetadata: ["client_id", "environment"],
};

/** Texts, or absent, or null: libraries differ. */
const optionalFields: ReadonlySet<string> = new Set([
  "home_account_id",
  "credential_type",
  "target",
  "token_type",
  "key_id",
  "family_id",
  "user_assertion_hash",
  "local_account_id",
  "username",
  "authority_type",
  "name",
]);

/** These are strings too, but a number would do. */
const times: ReadonlySet<string> = new Set([
  "cached_at",
  "expires_on",
  "extended_expires_on",
  "refresh_on",
  "last_modification_time",
]);

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a value out of a file that has what this library reads of an entry. */
export function isEntry<T extends CacheEntryType>(type: T, value: unknown): value is CacheEntries[T] {
  if (!isObject(value) || !neededFields[type].every((field) => typeof value[field] === "string")) return false;
  for (const field of Object.keys(value)) if (!isReadable(field, value[field])) return false;
  return true;
}

function isReadable(field: string, value: unknown): boolean {
  // Nearly all are texts.
  if (typeof value === "string" || value === null || value === undefined) return true;
  return !optionalFields.has(field) && !(times.has(field) && typeof value === "object");
}

/** Refuses the name of a section that there is not, such as one that every object has. */
export function checkType(type: CacheEntryType): void {
  if (CACHE_ENTRY_TYPES.includes(type)) return;
  throw new MsalArgumentError("invalid_option", "type", `must be one of ${CACHE_ENTRY_TYPES.join(", ")}`);
}

/** Refuses an entry of the caller's that no look-up could read. */
export function checkEntry<T extends CacheEntryType>(type: T, entry: object): asserts entry is CacheEntries[T] {
  if (isEntry(type, entry)) return;
  const needed = neededFields[type].join(", ");
  throw new MsalArgumentError(
    "invalid_option",
    "entry",
    `must have ${needed} as strings, and other fields of the schema as strings or not at all`,
  );
}
