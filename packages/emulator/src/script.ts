import type { EndpointName } from "./endpoint-names.ts";
import type { Exchange } from "./exchange.ts";

/** Which request a scripted answer is for: what is absent matches all. */
export interface RequestPattern {
  readonly endpoint?: EndpointName;
  /** In full, or the last part after the colon: `device_code`, `jwt-bearer`. */
  readonly grantType?: string;
  readonly clientId?: string;
  /** How many requests get the answer. Default: 1. */
  readonly times?: number;
}

/** A {@link RequestPattern}, or just the name of an endpoint. */
export type RequestMatch = EndpointName | RequestPattern;

/** A refusal by its AADSTS number, in the emulator's own words. */
export interface ScriptedError {
  readonly error: number;
  readonly claims?: string;
  readonly suberror?: string;
}

/** An answer in place of the emulator's. Default status: 200. */
export interface ScriptedResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as JSON. */
  readonly json?: unknown;
  /** The body as it is, in place of `json`. */
  readonly body?: string;
}

/** Trouble on the line. */
export type ScriptedFault =
  /** Answers as usual, but `ms` milliseconds of real time later. */
  | { readonly fault: "delay"; readonly ms: number }
  /** Never answers. */
  | { readonly fault: "hang" }
  /** Drops the connection. */
  | { readonly fault: "reset" }
  /** Drops the connection in the middle of the body. */
  | { readonly fault: "truncate" }
  /** Answers 200 with a page of HTML. */
  | { readonly fault: "not-json" };

/** What a test wants the next matching request to be answered with. */
export type ScriptedAnswer = ScriptedError | ScriptedResponse | ScriptedFault;

interface Entry {
  readonly pattern: RequestPattern;
  readonly answer: ScriptedAnswer;
  left: number;
}

/** The queue of scripted answers. */
export class Script {
  readonly #entries: Entry[] = [];

  /** Adds an answer to the queue. */
  next(match: RequestMatch, answer: ScriptedAnswer): void {
    const pattern: RequestPattern = typeof match === "string" ? { endpoint: match } : match;
    this.#entries.push({ pattern, answer, left: pattern.times ?? 1 });
  }

  /** Takes the first answer that fits this request off the queue. */
  take(exchange: Exchange): ScriptedAnswer | undefined {
    const entry = this.#entries.find(({ pattern }) => fits(pattern, exchange));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    if (entry.left === 0) this.#entries.splice(this.#entries.indexOf(entry), 1);
    return entry.answer;
  }
}

function fits(pattern: RequestPattern, exchange: Exchange): boolean {
  const { endpoint, grantType, clientId } = pattern;
  const sentGrant = exchange.form["grant_type"] ?? "";
  const sentClient = exchange.form["client_id"] ?? exchange.query["client_id"];
  return (
    (endpoint === undefined || endpoint === exchange.endpoint) &&
    (grantType === undefined || sentGrant === grantType || sentGrant.endsWith(`:${grantType}`)) &&
    (clientId === undefined || sentClient === clientId)
  );
}
