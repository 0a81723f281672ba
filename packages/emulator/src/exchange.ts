import type { EndpointName } from "./endpoint-names.ts";
import type { EntraError } from "./errors.ts";
import type { Place } from "./place.ts";
import type { RecordedRequest } from "./request-log.ts";

/** One request on its way through the emulator. */
export interface Exchange {
  readonly endpoint: EndpointName;
  readonly method: string;
  /** Scheme, host and port as the client wrote them: every URL in an answer starts with it. */
  readonly origin: string;
  /** The server that the request is for. */
  readonly place: Place;
  /** The named segments of the path. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  /** The body as it came. */
  readonly body: string;
  readonly headers: Headers;
  /** The client's `client-request-id`, or one of ours. */
  readonly correlationId: string;
  /** Names this one answer, in the body of an error and in `x-ms-request-id`. */
  readonly traceId: string;
  readonly record: RecordedRequest;
  /** A scripted refusal for an endpoint that has a way of its own to tell it. */
  readonly scriptedError: EntraError | undefined;
}
