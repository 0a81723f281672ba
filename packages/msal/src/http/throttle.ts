import { type Clock, epochSeconds } from "../runtime/clock.ts";
import type { Logger } from "../runtime/logger.ts";
import type { HttpCacheEntry } from "./http-cache.ts";
import type { HttpClient, HttpRequest, HttpResponse } from "./http-client.ts";
import { quietTimeAfter } from "./quiet-time.ts";
import type { Refusals } from "./refusals.ts";
import { requestLabel } from "./request-label.ts";

/** What {@link throttle} needs. */
export interface ThrottleOptions {
  readonly refusals: Refusals;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Seconds without a question after a 429 or 5xx where the server names no time. */
  readonly unnamed: number;
}

/**
 * Does not ask again what a server has just refused: for as long as it says, the same owner's POSTs to one address for
 * the same client and scope get the refusal from memory, and so does a request that is refused for what it is. Such an
 * answer is marked `throttled`, and its `Retry-After` counts the seconds that are left.
 *
 * An answer with tokens is never kept, and of a refusal nothing but the protocol's fields.
 */
export function throttle(client: HttpClient, { refusals, clock, logger, unnamed }: ThrottleOptions): HttpClient {
  return async (request) => {
    if (request.method !== "POST") return client(request);
    const kept = await refusals.find(request);
    if (kept !== undefined) return answerAgain(request, kept);
    const response = await client(request);
    const quiet = quietTimeAfter(request, response, { now: epochSeconds(clock), unnamed });
    if (quiet === undefined) return response;
    await refusals.keep(request, response, quiet);
    return quiet.holdsFor === "owner" ? withWait(response, quiet.seconds) : response;
  };

  function answerAgain(request: HttpRequest, { status, body, expires_on: end }: HttpCacheEntry): HttpResponse {
    const left = end - epochSeconds(clock);
    logger.warn?.(
      `${requestLabel(request)}: not sent, since the last answer was ${status}; it will be in ${left} s (${request.correlationId})`,
    );
    return { status, headers: new Headers({ "retry-after": String(left) }), body, throttled: true };
  }
}

/** Who is told at once how long the provider will be left alone need not find out by asking. */
function withWait(response: HttpResponse, seconds: number): HttpResponse {
  if (response.headers.has("retry-after")) return response;
  const headers = new Headers(response.headers);
  headers.set("retry-after", String(seconds));
  return { ...response, headers };
}
