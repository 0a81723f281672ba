import { abortedError } from "../error/aborted.ts";
import { MsalError } from "../error/msal-error.ts";
import { redactCause } from "../error/redact.ts";
import type { Clock } from "../runtime/clock.ts";
import type { Fetch } from "./fetch.ts";
import { failureReason } from "./failure-reason.ts";
import type { HttpClient, HttpRequest, HttpResponse } from "./http-client.ts";
import { requestLabel } from "./request-label.ts";

/** Milliseconds a request may take, answer read to its end, where the application names no time. */
const defaultTimeout = 30_000;

/** What a {@link createFetchClient | client} is made of. */
export interface FetchClientOptions {
  /** Called for every request; not touched before the first. */
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Milliseconds for one request, its body included. Default: 30,000. */
  readonly timeout?: number;
}

/** Makes a client that sends by `fetch`, under a time limit. See {@link HttpClient} for what it rejects with. */
export function createFetchClient({ fetch, clock, timeout = defaultTimeout }: FetchClientOptions): HttpClient {
  return (request) =>
    new Promise((resolve, reject) => {
      const { signal } = request;
      if (signal?.aborted) return reject(abortedError(signal));
      const controller = new AbortController();
      const cancelTimer = clock.after(timeout, () => stop(timeoutError(request, timeout)));
      signal?.addEventListener("abort", abort, { once: true });
      send(fetch, request, controller.signal).then(
        (response) => {
          release();
          resolve(response);
        },
        (error: unknown) => {
          release();
          // One of ours says already what is missing.
          reject(error instanceof MsalError ? error : networkError(request, error));
        },
      );

      function abort(): void {
        if (signal !== undefined) stop(abortedError(signal));
      }
      // The wait ends here and now, even if the `fetch` at hand does not listen to its signal.
      function stop(error: MsalError): void {
        release();
        reject(error);
        controller.abort(error);
      }
      function release(): void {
        cancelTimer();
        signal?.removeEventListener("abort", abort);
      }
    });
}

async function send(
  fetch: Fetch,
  { method, url, headers, body }: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const response = await fetch(url, {
    method,
    headers,
    signal,
    // What a POST carries is for the address it was meant for, and for no other.
    ...(method === "POST" && { redirect: "manual", ...(body !== undefined && { body }) }),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

function timeoutError(request: HttpRequest, timeout: number): MsalError {
  const message =
    `${requestLabel(request)} was not answered within ${timeout} ms. ` +
    `Try again later, or give the application a longer "timeout".`;
  return new MsalError("request_timeout", message, { retryable: true, correlationId: request.correlationId });
}

function networkError(request: HttpRequest, error: unknown): MsalError {
  const message = `${requestLabel(request)} got no answer: ${failureReason(error)}.`;
  return new MsalError("network_error", message, {
    cause: redactCause(error, request.secrets),
    retryable: true,
    correlationId: request.correlationId,
  });
}
