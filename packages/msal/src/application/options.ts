import { type HttpConfiguration, httpConfiguration, type HttpOptions, httpRules } from "./http-options.ts";
import { isBoolean, isListOfText, isObject, isText, type OptionRule } from "./option-rule.ts";
import type { Authority } from "../authority/authority.ts";
import type { AuthorityBuilder } from "../authority/builder.ts";
import { isLoopback } from "../protocol/loopback.ts";
import { parseAuthority, parseOidcAuthority } from "../authority/parse.ts";
import { PartitionedTokenCache } from "../cache/partitioned-token-cache.ts";
import { inOneCache, type TokenCaches } from "../cache/token-caches.ts";
import { TokenCache } from "../cache/token-cache.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { checkExcludeScopes } from "../protocol/scopes.ts";
import { type Clock, systemClock } from "../runtime/clock.ts";
import { guardedLogger } from "../runtime/guarded-logger.ts";
import { interned } from "../runtime/interned.ts";
import type { Logger } from "../runtime/logger.ts";

/** What both kinds of application take. */
export interface ClientApplicationOptions extends HttpOptions {
  /** The application (client) ID of the app registration. */
  clientId: string;
  /**
   * Who issues the tokens: `https://login.microsoftonline.com/{tenant}`, where the tenant is a GUID, a domain,
   * `common`, `organizations` or `consumers`. Plain `http` is accepted for loopback hosts alone. Default:
   * `https://login.microsoftonline.com/common`.
   */
  authority?: string | AuthorityBuilder;
  /**
   * Instead of `authority`: the issuer of any OpenID Connect provider. Its discovery document is taken as it is, and
   * must name this very address as its issuer (OpenID Connect Discovery, section 4.3).
   */
  oidcAuthority?: string;
  /**
   * Whether the authority is held against what is known: Microsoft is asked if it knows the host, when the library does
   * not, and the issuer that the authority names must fit its address. `false`: you vouch for the address. Default:
   * true.
   */
  validateAuthority?: boolean;
  /**
   * `false` asks Microsoft nothing about hosts, neither whether it knows them nor for their other names. A URL is
   * another discovery endpoint to ask. Default: true.
   */
  instanceDiscovery?: boolean | string;
  /**
   * Where tokens are kept: a {@link TokenCache} in memory, or a {@link PartitionedTokenCache} in a store that processes
   * share. Applications may share one. Default: a new one in memory.
   */
  tokenCache?: TokenCache | PartitionedTokenCache;
  /** What the client can handle, such as `["CP1"]` for claims challenges. Sent within `claims`. */
  clientCapabilities?: readonly string[];
  /** Of the scopes that the library adds for users, those it should not, such as `["offline_access"]`. */
  excludeScopes?: readonly string[];
  /**
   * How id tokens are checked. They come over TLS from the provider itself, so the claims are enough (OpenID Connect
   * Core, section 3.1.3.7); `"signature"` checks the signature against the provider's published keys too. Default:
   * `"claims"`.
   */
  validateIdToken?: "claims" | "signature";
  /** Where the library reports what it does; `console` will do. Its own failures end no call. Default: silent. */
  logger?: Logger;
  /**
   * Where the time comes from. A `tokenCache` of your own needs the same one: `new SerializableTokenCache({ clock })`.
   * Default: the system.
   */
  clock?: Clock;
}

/** The options after the check: complete, copied, frozen. */
export interface Configuration extends HttpConfiguration {
  readonly clientId: string;
  readonly authority: Authority;
  readonly validateAuthority: boolean;
  readonly instanceDiscovery: boolean | string;
  readonly caches: TokenCaches;
  readonly clientCapabilities: readonly string[] | undefined;
  readonly excludeScopes: ReadonlySet<string>;
  readonly validateIdToken: "claims" | "signature";
  readonly logger: Logger;
  readonly clock: Clock;
}

const defaultAuthority = "https://login.microsoftonline.com/common";

/** What each option must be, and how it is known. `authority` and `excludeScopes` have checks of their own. */
const rules: Readonly<Record<string, OptionRule>> = {
  clientId: [isText, "must be the application (client) ID of your app registration, a non-empty string"],
  validateAuthority: [isBoolean, "must be true or false"],
  instanceDiscovery: [
    (value) => isBoolean(value) || isDiscoveryEndpoint(value),
    "must be true, false, or the absolute https URL of an instance discovery endpoint (http on loopback hosts alone)",
  ],
  tokenCache: [
    (value) => value instanceof TokenCache || value instanceof PartitionedTokenCache,
    "must be a TokenCache, such as new SerializableTokenCache(), or a PartitionedTokenCache",
  ],
  clientCapabilities: [isListOfText, 'must be an array of strings, such as ["CP1"]'],
  ...httpRules,
  validateIdToken: [(value) => value === "claims" || value === "signature", 'must be "claims" or "signature"'],
  logger: [isObject, "must be an object with any of the methods error, warn, info, debug, such as console"],
  clock: [(value) => isObject(value) && "now" in value && "after" in value, "must have the methods now and after"],
};

const sharedNames = [...Object.keys(rules), "authority", "oidcAuthority", "excludeScopes"];

/**
 * Checks what both kinds of application take and copies it.
 *
 * @param ownNames - The options that only the kind at hand takes.
 */
export function checkOptions(options: ClientApplicationOptions, ownNames: readonly string[]): Configuration {
  if (!isObject(options)) {
    throw new MsalArgumentError("invalid_option", "options", 'must be an object, such as { clientId: "…" }');
  }
  refuseUnknown(options, [...sharedNames, ...ownNames]);
  const given: Record<string, unknown> = { ...options };
  for (const [name, [isFine, mustBe]] of Object.entries(rules)) {
    if ((given[name] === undefined && name !== "clientId") || isFine(given[name])) continue;
    throw new MsalArgumentError("invalid_option", name, mustBe);
  }
  return Object.freeze({
    clientId: interned(options.clientId),
    authority: chooseAuthority(options),
    validateAuthority: options.validateAuthority ?? true,
    instanceDiscovery: options.instanceDiscovery ?? true,
    caches: cachesOf(options),
    clientCapabilities: options.clientCapabilities && Object.freeze([...options.clientCapabilities]),
    excludeScopes: checkExcludeScopes(options.excludeScopes),
    ...httpConfiguration(options),
    validateIdToken: options.validateIdToken ?? "claims",
    logger: guardedLogger(options.logger ?? {}),
    clock: options.clock ?? systemClock,
  });
}

function cachesOf({ tokenCache, clock = systemClock }: ClientApplicationOptions): TokenCaches {
  if (tokenCache instanceof PartitionedTokenCache) return tokenCache;
  return inOneCache(tokenCache ?? new TokenCache({ clock }));
}

function chooseAuthority({ authority, oidcAuthority }: ClientApplicationOptions): Authority {
  if (oidcAuthority === undefined) return parseAuthority(authority === undefined ? defaultAuthority : authority);
  if (authority === undefined) return parseOidcAuthority(oidcAuthority);
  throw new MsalArgumentError(
    "invalid_option",
    "oidcAuthority",
    'must not be given together with "authority": give the one that your identity provider needs',
  );
}

/** A misspelt option would be silently without effect. */
function refuseUnknown(options: object, names: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    const meant = names.find((known) => known.toLowerCase() === name.toLowerCase());
    const hint = meant === undefined ? `the options are ${names.toSorted().join(", ")}` : `did you mean "${meant}"?`;
    throw new MsalArgumentError("invalid_option", name, `is not an option of this application; ${hint}`);
  }
}

function isDiscoveryEndpoint(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, host } = new URL(value);
  return protocol === "https:" || (protocol === "http:" && isLoopback(host));
}
