import type { Configuration } from "./options.ts";
import { createBuiltInFetch } from "../http/built-in-fetch.ts";
import { correlate } from "../http/correlate.ts";
import type { Fetch } from "../http/fetch.ts";
import { createFetchClient } from "../http/fetch-client.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { Refusals } from "../http/refusals.ts";
import { retry } from "../http/retry.ts";
import { throttle } from "../http/throttle.ts";
import { clientHeaders } from "../protocol/client-headers.ts";
import { SKU, VERSION } from "../protocol/version.ts";
import { environmentVariable, fetchKnowsProxies, operatingSystem } from "../runtime/environment.ts";
import type { Logger } from "../runtime/logger.ts";
import { platformFetch } from "../runtime/platform-fetch.ts";
import { processWarning } from "../runtime/process-warning.ts";

/** What {@link createHttpStack} takes beside the options of the application. */
export interface HttpStackParts {
  readonly refusals: Refusals;
  /** Seconds without a question after a 429 or 5xx where the server names no time. */
  readonly unnamedQuiet: number;
}

/** All of an application's requests go through here: `correlate(throttle(retry(fetch)))`. */
export function createHttpStack(configuration: Configuration, { refusals, unnamedQuiet }: HttpStackParts): HttpClient {
  const { fetch, timeout, clock, logger, appName, appVersion } = configuration;
  const client = createFetchClient({
    fetch: fetch ?? builtInFetch(configuration),
    clock,
    timeout: timeout * 1000,
  });
  const tenacious = fetch === undefined ? retry(client, { clock }) : client;
  const considerate = throttle(tenacious, { refusals, clock, logger, unnamed: unnamedQuiet });
  const headers = clientHeaders({ sku: SKU, version: VERSION, os: operatingSystem(), appName, appVersion });
  return correlate(considerate, { headers, logger, clock });
}

function builtInFetch({ proxies, verify, logger }: Configuration): Fetch {
  if (verify === false) warnOfTrust(logger);
  return createBuiltInFetch({
    platform: platformFetch,
    platformKnowsProxies: fetchKnowsProxies,
    proxies,
    verify,
    environment: environmentVariable,
    logger,
  });
}

/** Somebody must see it, be it only who starts the program. */
function warnOfTrust(logger: Logger): void {
  const message =
    'The application is made with "verify: false": it sends secrets to whoever answers, and believes whatever comes ' +
    'back. Name the authorities to trust instead: verify: "/path/of/authorities.pem".';
  if (logger.warn === undefined) processWarning(message);
  else logger.warn(message);
}
