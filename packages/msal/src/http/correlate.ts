import { MsalError } from "../error/msal-error.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Logger } from "../runtime/logger.ts";
import type { HttpClient } from "./http-client.ts";
import { requestLabel } from "./request-label.ts";

/** What {@link correlate} adds and where it writes. */
export interface CorrelateOptions {
  /** Sent with every request; a header of the same name in the request wins. */
  readonly headers: Readonly<Record<string, string>>;
  readonly logger: Logger;
  /** Measures how long the answer takes. */
  readonly clock: Clock;
}

/** Adds `client-request-id` and the constant headers to each request, and writes a line about it to the log. */
export function correlate(client: HttpClient, { headers, logger, clock }: CorrelateOptions): HttpClient {
  return async (request) => {
    const { correlationId } = request;
    const started = clock.now();
    const report = (level: "error" | "info", outcome: string): void =>
      logger[level]?.(`${requestLabel(request)}: ${outcome} after ${clock.now() - started} ms (${correlationId})`);
    try {
      const response = await client({
        ...request,
        headers: { ...headers, ...request.headers, "client-request-id": correlationId },
      });
      // What was not sent is told by who did not send it.
      if (!response.throttled) report(response.status >= 500 ? "error" : "info", String(response.status));
      return response;
    } catch (error) {
      const outcome = error instanceof MsalError ? error.code : "failed";
      // Who ends a call does not want to hear of it as a failure.
      report(outcome === "aborted" ? "info" : "error", outcome);
      throw error;
    }
  };
}
