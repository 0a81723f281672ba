import { MsalError } from "../error/msal-error.ts";
import { sleep, type Clock } from "../runtime/clock.ts";
import { randomFraction } from "../runtime/random.ts";
import { backoff } from "./backoff.ts";
import type { HttpClient, HttpRequest, HttpResponse } from "./http-client.ts";

/** What {@link retry} needs. */
export interface RetryOptions {
  readonly clock: Clock;
  /** A random number from 0 up to 1. Default: cryptographic chance. */
  readonly random?: () => number;
}

/**
 * Sends a request a second time, after a short random wait, when no answer came; a GET also when the server failed.
 *
 * Only once, and not after an abort or a time-out: who set the limit does not want twice of it. A server that names a
 * time with `Retry-After` is not asked sooner.
 */
export function retry(client: HttpClient, { clock, random = randomFraction }: RetryOptions): HttpClient {
  return async (request) => {
    try {
      const response = await client(request);
      if (!isWorthAnother(request, response)) return response;
    } catch (error) {
      if (!(error instanceof MsalError) || error.code !== "network_error") throw error;
    }
    await sleep(clock, backoff(random()), request.signal);
    return client(request);
  };
}

function isWorthAnother({ method }: HttpRequest, { status, headers }: HttpResponse): boolean {
  return method === "GET" && status >= 500 && !headers.has("retry-after");
}
