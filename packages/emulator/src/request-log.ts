import type { Clock } from "./clock.ts";
import type { EndpointName } from "./endpoint-names.ts";

/** One request that the emulator received, unmasked, for tests to look at. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** The tenant segment as the client wrote it, or empty. */
  readonly tenant: string;
  readonly endpoint: EndpointName;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  /** As it came, for what is no form. Empty without one. */
  readonly body: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, by the emulator's clock. */
  readonly at: number;
  /** 0 until it is answered, and for good where a scripted fault cuts the answer short. */
  status: number;
  /** Milliseconds that the answer took, by the emulator's clock. */
  ms: number;
  /** Why it was refused: the AADSTS number and text. */
  error?: string;
}

/** An emulator that runs by hand for weeks must not keep everything. */
const limit = 10_000;

/** The last 10,000 requests received. */
export class RequestLog {
  readonly requests: RecordedRequest[] = [];
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(request: Omit<RecordedRequest, "at" | "status" | "ms">): RecordedRequest {
    const recorded = { ...request, at: this.#clock.now(), status: 0, ms: 0 };
    this.requests.push(recorded);
    if (this.requests.length > limit) this.requests.shift();
    return recorded;
  }

  answered(request: RecordedRequest, status: number): void {
    request.status = status;
    request.ms = this.#clock.now() - request.at;
  }
}
