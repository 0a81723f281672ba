import type { CacheEntries, CacheEntryType } from "./schema.ts";

/** Where each kind of entry stands in its section: the fields that make it what it is, joined. */
const keyParts: { readonly [T in CacheEntryType]: (entry: CacheEntries[T]) => (string | null | undefined)[] } = {
  AccessToken: ({ home_account_id, environment, client_id, realm, target, user_assertion_hash, key_id }) => [
    home_account_id,
    environment,
    "accesstoken",
    client_id,
    realm,
    inOrder(target),
    // Two incoming tokens of one user may give different answers, so neither overwrites the other's.
    ...(user_assertion_hash ? [user_assertion_hash] : []),
    // Nor does a token that is bound to a key overwrite one that is not, or is to another.
    ...(key_id ? [key_id] : []),
  ],
  RefreshToken: ({ home_account_id, environment, client_id, target }) => [
    home_account_id,
    environment,
    "refreshtoken",
    client_id,
    "",
    inOrder(target),
  ],
  IdToken: ({ home_account_id, environment, client_id, realm }) => [
    home_account_id,
    environment,
    "idtoken",
    client_id,
    realm,
    "",
  ],
  Account: ({ home_account_id, environment, realm }) => [home_account_id, environment, realm],
  AppMetadata: ({ environment, client_id }) => ["appmetadata", environment, client_id],
};

/** The key under which this library writes an entry. Other libraries' keys differ: never look an entry up by it. */
export function keyOf<T extends CacheEntryType>(type: T, entry: CacheEntries[T]): string {
  return keyParts[type](entry).join("-").toLowerCase();
}

/** A target is a set of scopes, which this library writes in order: in any other order it is the same one. */
function inOrder(target: string | null | undefined): string | null | undefined {
  return target?.includes(" ") ? target.split(" ").toSorted().join(" ") : target;
}
