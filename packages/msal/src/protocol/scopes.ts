import { MsalArgumentError } from "../error/argument-error.ts";

/** The scopes of OpenID Connect that the library adds itself: who the user is, and a refresh token. */
const reservedScopes = ["openid", "profile", "offline_access"] as const;

const isReserved = new RegExp(`^(?:${reservedScopes.join("|")})$`, "i");

/** What {@link checkScopes} makes of the caller's list. */
export interface ScopeRules {
  /** The option's name in messages. Default: `"scopes"`. */
  readonly option?: string;
  /** An empty list is fine. Default: false. */
  readonly allowEmpty?: boolean;
}

/**
 * A copy of the caller's scopes.
 *
 * @throws {@link MsalArgumentError} `invalid_scopes` unless they are a list of texts that are each one scope.
 */
export function checkScopes(scopes: unknown, { option = "scopes", allowEmpty = false }: ScopeRules = {}): string[] {
  if (!Array.isArray(scopes)) throw notAList(scopes, option);
  const list: readonly unknown[] = scopes;
  if (list.length === 0 && !allowEmpty) {
    throw invalid(option, 'must name at least one scope; give for example ["User.Read"].');
  }
  return list.map((scope, index) => (isWellKnown(scope) ? scope : checkScope(scope, `${option}[${index}]`)));
}

/**
 * Scopes that passed the check before. An application asks for the same few with every request, and to look one up here
 * takes less than to read it again.
 */
const wellKnown = new Set<unknown>();

/** Past this many they are not the same few. */
const mostWellKnown = 1024;

function isWellKnown(scope: unknown): scope is string {
  return wellKnown.has(scope);
}

/**
 * The caller's scopes and those of OpenID Connect, less those in `excludeScopes`. `openid` always stays: without it
 * nobody knows who signed in.
 *
 * @throws {@link MsalArgumentError} `invalid_scopes` when the caller's scopes name reserved ones.
 */
export function decorateScopes(scopes: readonly string[], excludeScopes: ReadonlySet<string>): string[] {
  refuseReserved(scopes);
  return [...scopes, ...reservedScopes].filter((scope) => scope === "openid" || !excludeScopes.has(scope));
}

/**
 * Checks that the caller's scopes name none that the library adds itself.
 *
 * @throws {@link MsalArgumentError} `invalid_scopes` when they do.
 */
export function refuseReserved(scopes: readonly string[]): void {
  if (!scopes.some((scope) => isReserved.test(scope))) return;
  const named = scopes.filter((scope) => isReserved.test(scope)).join(", ");
  throw invalid("scopes", `must not name ${named}: the library adds them itself; leave them out.`);
}

/** Scopes as they go over the wire: each once, sorted, with spaces between (RFC 6749, section 3.3). */
export function formatScopes(scopes: Iterable<string>): string {
  return [...new Set(scopes)].toSorted().join(" ");
}

/** The scopes in a space-separated text. */
export function splitScopes(text: string): string[] {
  return text.split(/\s+/).filter((scope) => scope !== "");
}

/**
 * The scopes that the application does not want to be added.
 *
 * @throws {@link MsalArgumentError} `invalid_scopes` unless they are a list of texts without `openid`.
 */
export function checkExcludeScopes(excludeScopes: unknown): ReadonlySet<string> {
  if (excludeScopes === undefined) return new Set();
  const list = checkScopes(excludeScopes, { option: "excludeScopes", allowEmpty: true });
  if (list.includes("openid")) {
    throw invalid(
      "excludeScopes",
      'must not hold "openid", which every sign-in needs; give for example ["offline_access"].',
    );
  }
  return new Set(list);
}

function checkScope(scope: unknown, option: string): string {
  if (typeof scope !== "string")
    throw invalid(option, `must be a string, not ${kind(scope)}; give for example "User.Read".`);
  if (scope === "") throw invalid(option, 'must not be empty; give for example "User.Read".');
  if (/\s/.test(scope)) {
    throw invalid(
      option,
      `must be one scope without spaces, not ${JSON.stringify(scope)}; give each scope as its own entry.`,
    );
  }
  if (wellKnown.size < mostWellKnown) wellKnown.add(scope);
  return scope;
}

function notAList(scopes: unknown, option: string): MsalArgumentError {
  const example = typeof scopes === "string" && scopes.trim() !== "" ? splitScopes(scopes) : ["User.Read"];
  const shown = example.map((scope) => JSON.stringify(scope)).join(", ");
  return invalid(option, `must be an array of strings, not ${kind(scopes)}; give [${shown}].`);
}

function kind(value: unknown): string {
  return value === null ? "null" : `a value of type ${typeof value}`;
}

function invalid(option: string, message: string): MsalArgumentError {
  return new MsalArgumentError("invalid_scopes", option, message);
}
