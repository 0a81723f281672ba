import { isFunction, isObject, type OptionRule } from "./option-rule.ts";
import type { HttpCache } from "../http/http-cache.ts";

/** How an application sends its requests. */
export interface HttpOptions {
  /** Sends the requests. Then retrying is its own business. Default: the platform's `fetch` with one retry. */
  fetch?: typeof globalThis.fetch;
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
  timeout: [isTimeout, `must be a number of seconds greater than 0 and at most ${longestTimeout}, such as 10`],
  httpCache: [isHttpCache, "must be a Map, or have the methods get, set, delete and keys of one"],
  appName: [isHeaderText, "must be a string of visible ASCII characters"],
  appVersion: [isHeaderText, "must be a string of visible ASCII characters"],
};

/** Fills in the defaults. The options have been checked. */
export function httpConfiguration(options: HttpOptions): HttpConfiguration {
  return {
    fetch: options.fetch,
    timeout: options.timeout ?? defaultTimeout,
    httpCache: options.httpCache ?? new Map(),
    appName: options.appName,
    appVersion: options.appVersion,
  };
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
