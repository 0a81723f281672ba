import type { AuthResult } from "./result.ts";
import type { Logger } from "../runtime/logger.ts";
import { createSingleFlight } from "../runtime/single-flight.ts";

/** Runs one exchange with the identity provider, until the signal aborts. */
export type Exchange<R extends AuthResult | null> = (signal: AbortSignal) => Promise<R>;

/** The exchanges of one kind that run now. Equal ones, by their key, run once. */
export interface Exchanges<R extends AuthResult | null> {
  /** Joins the equal exchange that runs now, or starts it. `signal` ends this caller's wait alone. */
  share(key: string, run: Exchange<R>, signal?: AbortSignal): Promise<R>;
  /**
   * Renews an aging token while its holder goes on with it: once at a time, nobody waits. A failure is told to the log
   * alone, since the token at hand still is valid.
   */
  renewInBackground(key: string, run: Exchange<R>): void;
}

/** Makes the exchanges of one application. */
export function createExchanges<R extends AuthResult | null>(logger: Logger): Exchanges<R> {
  const flights = createSingleFlight<R>();
  return {
    async share(key, run, signal) {
      const result = await flights.share(key, run, signal);
      // A copy for each, account and claims included, so that none of the callers sees what another does to its own.
      return structuredClone(result);
    },
    renewInBackground(key, run) {
      flights.share(key, run).then(
        (result) => {
          if (result !== null && "error" in result) logger.warn?.(`An aging token was not renewed: ${result.error}`);
        },
        (error: unknown) => logger.warn?.(`An aging token was not renewed: ${String(error)}`),
      );
    },
  };
}
