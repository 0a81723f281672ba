import { MsalArgumentError } from "../error/argument-error.ts";
import type { CacheEntries, CacheEntryType } from "./schema.ts";

/** Without these an entry can neither be found nor used. */
const neededFields: Readonly<Record<CacheEntryType, readonly string[]>> = {
  AccessToken: ["secret", "environment", "client_id", "realm", "target"],
  RefreshToken: ["secret", "environment", "client_id"],
  IdToken: ["secret", "environment", "client_id", "realm"],
  Account: ["environment", "realm"],
  AppMetadata: ["client_id", "environment"],
};

/** These say whose an entry is and who may use it; libraries leave them out, or write null. */
const optionalFields = ["home_account_id", "target", "key_id", "family_id", "user_assertion_hash"];

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for a value out of a file that has what this library reads of an entry. */
export function isEntry<T extends CacheEntryType>(type: T, value: unknown): value is CacheEntries[T] {
  return (
    isObject(value) &&
    neededFields[type].every((field) => isText(value[field])) &&
    optionalFields.every((field) => isText(value[field] ?? ""))
  );
}

/** Refuses an entry of the caller's that no look-up could read. */
export function checkEntry<T extends CacheEntryType>(type: T, entry: object): asserts entry is CacheEntries[T] {
  if (isEntry(type, entry)) return;
  const needed = neededFields[type].join(", ");
  const optional = optionalFields.join(", ");
  throw new MsalArgumentError(
    "invalid_option",
    "entry",
    `must have ${needed} as strings; ${optional} may be absent or null`,
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
