import type { AuthResult } from "./result.ts";
import type { Logger } from "../runtime/logger.ts";
import { createSingleFlight } from "../runtime/single-flight.ts";

/** The exchanges of an application that run now. Equal ones run once. */
export interface Exchanges {
  /** Joins the equal exchange that runs now, or starts it. `signal` ends this caller's wait alone. */
  share<R extends AuthResult | null>(
    key: string,
    run: (signal: AbortSignal) => Promise<R>,
    signal?: AbortSignal,
  ): Promise<R>;
  /**
   * Renews an aging token while its holder goes on with it: once at a time, nobody waits. A failure is told to the log
   * alone, since the token at hand still is valid.
   */
  renewInBackground(key: string, run: (signal: AbortSignal) => Promise<AuthResult | null>): void;
}

/** Makes the exchanges of one application. */
export function createExchanges(logger: Logger): Exchanges {
  const flights = createSingleFlight<AuthResult | null>();
  return {
    async share<R extends AuthResult | null>(
      key: string,
      run: (signal: AbortSignal) => Promise<R>,
      signal?: AbortSignal,
    ): Promise<R> {
      const result = await flights.share(key, run, signal);
      // A copy for each, so that none of the callers sees what another does to its own. Equal keys mean the same flow,
      // and so the same type.
      return (result && { ...result }) as R;
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
