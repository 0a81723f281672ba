import { epochSeconds, systemClock } from "../runtime/clock.ts";
import type { Clock } from "../runtime/clock.ts";
import { judgeAccessTokens } from "./access-token-judgement.ts";
import type { AccessTokenJudgement, Undiscovered } from "./access-token-judgement.ts";
import { findAccessToken } from "./access-token-query.ts";
import type { AccessTokenQuery } from "./access-token-query.ts";
import { findAccounts, findAppMetadata, findIdToken, findRefreshTokens } from "./account-query.ts";
import type { AccountQuery, AppMetadataQuery, IdTokenQuery, RefreshTokenQuery } from "./account-query.ts";
import { CacheStore } from "./cache-store.ts";
import { changed, changesTo } from "./entry-change.ts";
import type { EntryChanges } from "./entry-change.ts";
import { checkEntry, checkType } from "./entry-shape.ts";
import { search } from "./entry-search.ts";
import type { EntrySearch } from "./entry-search.ts";
import { appTokens, endedTokens, entriesOfAccount } from "./removal.ts";
import type { AccountRemoval, AppTokenRemoval } from "./removal.ts";
import { CACHE_ENTRY_TYPES } from "./schema.ts";
import type {
  AccessTokenEntry,
  AccountEntry,
  AppMetadataEntry,
  CacheEntries,
  CacheEntryType,
  IdTokenEntry,
  RefreshTokenEntry,
} from "./schema.ts";
import { setStore } from "./store-of.ts";
import { StringPool } from "./string-pool.ts";
import { entriesOf } from "./token-event.ts";
import type { TokenEvent } from "./token-event.ts";

/** How many entries a write looks at for expired ones: with more than one, the sweep overtakes the growth. */
const sweptPerWrite = 4;

/**
 * Tokens, accounts and what is known of applications, in memory, in the schema that the MSAL libraries share.
 *
 * One cache may serve several applications. Every method is synchronous, so each call is done whole or not at all. What
 * is handed out is frozen; to change it, call {@link modify}, through which every addition, update and removal goes: a
 * subclass that overrides it sees them all. A look-up takes the same time however many tokens are held. Access tokens
 * that have expired are dropped as others are written.
 *
 * Neither `JSON.stringify` nor `util.inspect` shows anything of what is in it.
 */
export class TokenCache {
  readonly #clock: Clock;
  readonly #strings = new StringPool();
  readonly #store = new CacheStore();

  /** `clock` tells when tokens expire. Default: the system's. */
  constructor({ clock = systemClock }: { clock?: Clock } = {}) {
    this.#clock = clock;
    setStore(this, this.#store);
  }

  /**
   * The entries whose target holds all of `target`, in any order and case, and whose fields equal `query`, where null
   * stands for an absent or empty field. Expired ones are among them.
   *
   * A query that names `home_account_id` (null for an application's own) is answered by index; any other walks the
   * section.
   *
   * @throws {@link MsalArgumentError} `invalid_option` for a type that there is not.
   */
  find<T extends CacheEntryType>(type: T, conditions: EntrySearch = {}): CacheEntries[T][] {
    checkType(type);
    return search(this.#store.table(type), conditions);
  }

  /**
   * Takes a token answer apart into entries and writes them. The event is left as it is.
   *
   * @throws {@link MsalError} `invalid_id_token` when the id token cannot be read; then nothing is written.
   */
  add(event: TokenEvent): void {
    const entries = entriesOf(event, epochSeconds(this.#clock), (text) => this.#strings.share(text));
    for (const type of CACHE_ENTRY_TYPES) this.#write(type, entries[type]);
    this.#sweep();
  }

  /**
   * Changes the entry that has the same identity (the fields its key is made of) as the given one, or takes that in as
   * a new one; `null` removes it. In `changes`, undefined takes a field away.
   *
   * @throws {@link MsalArgumentError} `invalid_option` for a type that there is not, or an entry without its fields.
   */
  modify<T extends CacheEntryType>(type: T, entry: CacheEntries[T], changes: EntryChanges | null): void {
    checkType(type);
    const held = this.#store.table(type).twinOf(entry);
    if (changes === null) {
      if (held !== undefined) this.#store.delete(type, held);
      return;
    }
    const next = changed(held ?? entry, changes);
    checkEntry(type, next);
    this.#store.put(type, next, held);
  }

  /**
   * Epoch seconds by the cache's clock: the time that entries are written with, and held against.
   *
   * @internal
   */
  now(): number {
    return epochSeconds(this.#clock);
  }

  /**
   * `now`: epoch seconds, of one who has looked at the clock already.
   *
   * @internal
   */
  findAccessToken(query: AccessTokenQuery, now: number = this.now()): AccessTokenEntry | undefined {
    return findAccessToken(this.#store, query, now);
  }

  /** @internal */
  judgeAccessTokens(query: AccessTokenQuery, undiscovered: Undiscovered): Iterable<AccessTokenJudgement> {
    return judgeAccessTokens(this.#store, query, undiscovered, epochSeconds(this.#clock));
  }

  /** @internal */
  findRefreshTokens(query: RefreshTokenQuery): RefreshTokenEntry[] {
    return findRefreshTokens(this.#store, query);
  }

  /** @internal */
  findAccounts(query: AccountQuery): AccountEntry[] {
    return findAccounts(this.#store, query);
  }

  /** @internal */
  findAppMetadata(query: AppMetadataQuery): AppMetadataEntry | undefined {
    return findAppMetadata(this.#store, query);
  }

  /** @internal */
  findIdToken(query: IdTokenQuery): IdTokenEntry | undefined {
    return findIdToken(this.#store, query);
  }

  /** @internal */
  removeAccount(removal: AccountRemoval): void {
    const doomed = entriesOfAccount(this.#store, removal);
    for (const type of CACHE_ENTRY_TYPES) {
      for (const entry of doomed[type] ?? []) this.modify(type, entry, null);
    }
  }

  /** @internal */
  removeAppTokens(removal: AppTokenRemoval): void {
    for (const entry of appTokens(this.#store, removal)) this.modify("AccessToken", entry, null);
  }

  /** @internal */
  removeEndedTokens(): void {
    for (const entry of endedTokens(this.#store, this.now())) this.modify("AccessToken", entry, null);
  }

  #write<T extends CacheEntryType>(type: T, entry: CacheEntries[T] | undefined): void {
    if (entry === undefined) return;
    const changes = changesTo(type, this.#store.table(type).twinOf(entry), entry);
    if (changes !== undefined) this.modify(type, entry, changes);
  }

  #sweep(): void {
    const now = epochSeconds(this.#clock);
    const table = this.#store.table("AccessToken");
    for (let turn = 0; turn < sweptPerWrite; turn += 1) {
      const entry = table.next();
      if (entry !== undefined && Number(entry.expires_on) <= now) this.modify("AccessToken", entry, null);
    }
  }
}
