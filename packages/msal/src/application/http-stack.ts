import type { Configuration } from "./options.ts";
import { correlate } from "../http/correlate.ts";
import { createFetchClient } from "../http/fetch-client.ts";
import type { HttpClient } from "../http/http-client.ts";
import type { Refusals } from "../http/refusals.ts";
import { retry } from "../http/retry.ts";
import { throttle } from "../http/throttle.ts";
import { clientHeaders } from "../protocol/client-headers.ts";
import { SKU, VERSION } from "../protocol/version.ts";
import { operatingSystem } from "../runtime/environment.ts";
import { platformFetch } from "../runtime/platform-fetch.ts";

/** What {@link createHttpStack} takes beside the options of the application. */
export interface HttpStackParts {
  readonly refusals: Refusals;
  /** Seconds without a question after a 429 or 5xx where the server names no time. */
  readonly unnamedQuiet: number;
}

/** All of an application's requests go through here: `correlate(throttle(retry(fetch)))`. */
export function createHttpStack(configuration: Configuration, { refusals, unnamedQuiet }: HttpStackParts): HttpClient {
  const { fetch, timeout, clock, logger, appName, appVersion } = configuration;
  const client = createFetchClient({ fetch: fetch ?? platformFetch, clock, timeout: timeout * 1000 });
  const tenacious = fetch === undefined ? retry(client, { clock }) : client;
  const considerate = throttle(tenacious, { refusals, clock, logger, unnamed: unnamedQuiet });
  const headers = clientHeaders({ sku: SKU, version: VERSION, os: operatingSystem(), appName, appVersion });
  return correlate(considerate, { headers, logger, clock });
}
