import { isFunction, isObject, isText, type OptionRule } from "./option-rule.ts";
import { MsalArgumentError } from "../error/argument-error.ts";
import { checkProxies, type Proxies, type ProxyOptions } from "../http/proxies.ts";
import type { HttpCache } from "../http/http-cache.ts";

/** How an application sends its requests. */
export interface HttpOptions {
  /** Sends the requests. Then retrying is its own business. Default: the platform's `fetch` with one retry. */
  fetch?: typeof globalThis.fetch;
  /**
   * The proxies on the way to the identity provider; `false`: none, whatever the environment says. Needs the package
   * `undici`, and is not for a `fetch` of your own. Default: those that the environment names by `HTTPS_PROXY`,
   * `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`.
   */
  proxies?: ProxyOptions | false;
  /**
   * Against what the certificates of hosts are checked. A text: certificates of authorities as PEM, or the path of a
   * PEM file; then these authorities are trusted and no others. `false`: against nothing, so that anybody on the way
   * can read and change everything, secrets and tokens included: for a test at most. Both need the package `undici`,
   * and are not for a `fetch` of your own. Default: true, the authorities that the platform trusts.
   */
  verify?: boolean | string;
  /** How long one request may take, in seconds. Default: 30. */
  timeout?: number;
  /**
   * Keeps public documents for a day, and refusals while asking again would not help: a `Map`, or anything like one. It
   * holds no tokens and no names, and can be saved between runs. Default: a new one in memory.
   */
  httpCache?: HttpCache;
  /** Your app's name, for the identity provider's telemetry. Default: not sent. */
  appName?: string;
  /** Your app's version, for the identity provider's telemetry. Default: not sent. */
  appVersion?: string;
}

/** The same after the check. */
export interface HttpConfiguration {
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly proxies: Proxies | false | undefined;
  readonly verify: boolean | string;
  /** Seconds. */
  readonly timeout: number;
  readonly httpCache: HttpCache;
  readonly appName: string | undefined;
  readonly appVersion: string | undefined;
}

const defaultTimeout = 30;
/** Seconds. The platform's timers count milliseconds in 32 bits, and fire at once beyond. */
const longestTimeout = 2_147_483;

/** What each of these options must be. */
export const httpRules: Readonly<Record<keyof HttpOptions, OptionRule>> = {
  fetch: [isFunction, "must be a function with the signature of the platform's fetch"],
  proxies: [
    (value) => value === false || isObject(value),
    'must be false, or an object such as { https: "http://proxy.contoso.com:3128" }',
  ],
  verify: [
    (value) => typeof value === "boolean" || isText(value),
    "must be true, false, or certificates of authorities: as PEM, or as the path of a PEM file",
  ],
  timeout: [isTimeout, `must be a number of seconds greater than 0 and at most ${longestTimeout}, such as 10`],
  httpCache: [isHttpCache, "must be a Map, or have the methods get, set, delete and keys of one"],
  appName: [isHeaderText, "must be a string of visible ASCII characters"],
  appVersion: [isHeaderText, "must be a string of visible ASCII characters"],
};

/**
 * Fills in the defaults. Each option has been checked for itself.
 *
 * @throws {@link MsalArgumentError} For `proxies` that are none, and for options that contradict each other.
 */
export function httpConfiguration(options: HttpOptions): HttpConfiguration {
  refuseBesideFetch(options);
  return {
    fetch: options.fetch,
    proxies: options.proxies && checkProxies(options.proxies),
    verify: options.verify ?? true,
    timeout: options.timeout ?? defaultTimeout,
    httpCache: options.httpCache ?? new Map(),
    appName: options.appName,
    appVersion: options.appVersion,
  };
}

/** The library cannot see how another `fetch` connects, and an option without effect would be taken for one with. */
function refuseBesideFetch({ fetch, ...options }: HttpOptions): void {
  if (fetch === undefined) return;
  for (const name of ["proxies", "verify"] as const) {
    if (options[name] === undefined) continue;
    throw new MsalArgumentError(
      "invalid_option",
      name,
      'must not be given together with "fetch", which connects by itself: set it up there',
    );
  }
}

function isTimeout(value: unknown): boolean {
  return typeof value === "number" && value > 0 && value <= longestTimeout;
}

function isHttpCache(value: unknown): boolean {
  if (!isObject(value)) return false;
  return ["get", "set", "delete", "keys"].every((name) => isFunction(Reflect.get(value, name)));
}

/** These values become headers. */
function isHeaderText(value: unknown): boolean {
  return typeof value === "string" && /^[\x20-\x7e]+$/.test(value);
}
