import { abortedError } from "../error/aborted.ts";

/**
 * Lets equal calls that run at the same time share one piece of work.
 *
 * The work has an owner of its own: it goes on while anybody waits for it, and is aborted when the last caller has
 * left. Nothing is remembered: once the work has settled, the next call starts it anew, whatever the outcome.
 */
export interface SingleFlight<T> {
  /**
   * Joins the work that runs under `key`, or starts `run`. Calls with the same key must mean the same work.
   *
   * `signal` ends this caller's wait alone, at once, with an `MsalError` of code `aborted`. The signal that `run` gets
   * aborts when every caller has left this way; a call without a signal never leaves. All who wait get the same value,
   * or the same error.
   */
  share(key: string, run: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

interface Flight<T> {
  readonly result: Promise<T>;
  /** Called when a caller stops waiting. */
  readonly leave: (reason: unknown) => void;
  waiting: number;
}

/** Makes an empty {@link SingleFlight}. */
export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>();

  function start(key: string, run: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const flight: Flight<T> = { result: call(run, controller.signal), leave, waiting: 0 };
    flights.set(key, flight);
    // First among the handlers, so that who is told of the outcome and calls again starts anew. It also keeps a
    // failure that nobody waits for from ending the process.
    flight.result.then(land, land);
    return flight;

    function land(): void {
      if (flights.get(key) === flight) flights.delete(key);
    }
    function leave(reason: unknown): void {
      flight.waiting -= 1;
      if (flight.waiting > 0) return;
      land();
      controller.abort(reason);
    }
  }

  return {
    share(key, run, signal) {
      if (signal?.aborted) return Promise.reject(abortedError(signal));
      const flight = flights.get(key) ?? start(key, run);
      flight.waiting += 1;
      return signal === undefined ? flight.result : waitFor(flight, signal);
    },
  };
}

/** Turns what `run` throws before its first wait into a rejection. */
async function call<T>(run: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  return run(signal);
}

function waitFor<T>(flight: Flight<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    // `run` may itself have made the caller abort.
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    flight.result.then(
      (value) => {
        signal.removeEventListener("abort", abort);
        resolve(value);
      },
      (error: unknown) => {
        signal.removeEventListener("abort", abort);
        reject(error);
      },
    );
    function abort(): void {
      reject(abortedError(signal));
      flight.leave(signal.reason);
    }
  });
}
