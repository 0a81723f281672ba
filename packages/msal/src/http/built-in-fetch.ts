import { MsalError } from "../error/msal-error.ts";
import type { Logger } from "../runtime/logger.ts";
import { environmentProxies } from "./environment-proxies.ts";
import type { Fetch } from "./fetch.ts";
import { type Proxies, proxyFor } from "./proxies.ts";
import { proxyFailure, unusedProxyFailure } from "./proxy-failure.ts";

/** What {@link createBuiltInFetch} is made of. */
export interface BuiltInFetchOptions {
  /** The platform's own. */
  readonly platform: Fetch;
  /** Whether the platform's own goes by the environment's proxies. */
  readonly platformKnowsProxies: () => boolean;
  /** `false`: none at all. `undefined`: those of the environment. */
  readonly proxies: Proxies | false | undefined;
  /** Whether certificates are checked; a text: against which authorities alone. */
  readonly verify: boolean | string;
  /** The environment variable of that name. Not asked before the first request. */
  readonly environment: (name: string) => string | undefined;
  readonly logger: Logger;
}

const none: Proxies = { http: undefined, https: undefined, noProxy: [] };

/**
 * The `fetch` of an application that brings none: the platform's, as long as it will do. Where a proxy or `verify`
 * matters, undici's is loaded and used.
 *
 * A proxy that only the environment names must not make undici necessary for who reaches the provider without: then the
 * log has a warning, and a request that fails says what is missing.
 */
export function createBuiltInFetch(options: BuiltInFetchOptions): Fetch {
  const { platform, verify, environment, logger } = options;
  let proxies: Proxies | undefined;
  let special: Promise<Fetch> | undefined;
  let isWithoutUndici = false;

  function settings(): Proxies {
    if (options.proxies === false) return none;
    return (proxies ??= options.proxies ?? environmentProxies(environment, logger));
  }

  function loadSpecial(): Promise<Fetch> {
    special ??= import("./undici-fetch.ts")
      .then(({ createUndiciFetch }) =>
        createUndiciFetch({ verify, proxyFor: (origin) => proxyFor(origin, settings()) }),
      )
      .catch((error: unknown) => {
        // What is mended, such as a file that was missing, is found at the next request.
        special = undefined;
        throw error;
      });
    return special;
  }

  async function sendPastProxy(url: string, request: Parameters<Fetch>[1]): ReturnType<Fetch> {
    if (!isWithoutUndici) {
      logger.warn?.(
        "The environment names a proxy that the platform's fetch does not use: npm install undici@7, or " +
          'give the application "proxies: false". The request goes out without it.',
      );
    }
    isWithoutUndici = true;
    return platform(url, request).catch((error: unknown) => {
      throw unusedProxyFailure(error);
    });
  }

  return async (url, request) => {
    const proxy = proxyFor(url, settings());
    const isPlatformRight = options.platformKnowsProxies() ? options.proxies === undefined : proxy === undefined;
    if (isPlatformRight && verify === true) return platform(url, request);
    const isOptional = options.proxies === undefined && verify === true;
    if (isOptional && isWithoutUndici) return sendPastProxy(url, request);
    let fetch: Fetch;
    try {
      fetch = await loadSpecial();
    } catch (error) {
      if (!isOptional || !(error instanceof MsalError) || error.code !== "dependency_missing") throw error;
      return sendPastProxy(url, request);
    }
    if (proxy === undefined) return fetch(url, request);
    return fetch(url, request).catch((error: unknown) => {
      throw proxyFailure(error);
    });
  };
}
