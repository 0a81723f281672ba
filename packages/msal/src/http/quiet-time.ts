import { parseJsonObject } from "../protocol/json-object.ts";
import { retryAfterSeconds } from "../protocol/retry-after.ts";
import type { HttpRequest, HttpResponse } from "./http-client.ts";
import { formOf, isForm } from "./request-form.ts";

/** For how long a refusal stands, and against what. */
export interface QuietTime {
  /** `owner`: whatever this owner asks for that scope. `request`: the very same request. */
  readonly holdsFor: "owner" | "request";
  readonly seconds: number;
}

/** The longest that a server may silence us, in seconds: more is a mistake of the server, or of somebody between. */
export const longestQuiet = 3600;

/** How long a request that was refused is refused again without asking, in seconds. */
const sameAnswerFor = 60;

/** The answers while a user is still busy with a device code (RFC 8628, section 3.5): to ask again is the protocol. */
const waits: readonly unknown[] = ["authorization_pending", "slow_down"];

/**
 * How long the provider should not be asked again after this answer; `undefined` where nothing speaks against it.
 *
 * @param now - In epoch seconds.
 * @param unnamed - The seconds after a 429 or 5xx where the server names no time.
 */
export function quietTimeAfter(
  request: HttpRequest,
  response: HttpResponse,
  { now, unnamed }: { readonly now: number; readonly unnamed: number },
): QuietTime | undefined {
  const { status, headers, body } = response;
  if (status < 400 || waits.includes(parseJsonObject(body)?.["error"])) return undefined;
  const named = retryAfterSeconds(headers, now);
  if (named === undefined && isPlainRefusal(request, response)) {
    return isDeviceCodePoll(request) ? undefined : { holdsFor: "request", seconds: sameAnswerFor };
  }
  if (named === undefined && status !== 429 && status < 500) return undefined;
  const seconds = Math.min(named ?? unnamed, longestQuiet);
  return seconds > 0 ? { holdsFor: "owner", seconds } : undefined;
}

/**
 * The server is well and says no to what it was asked. SOAP says so by status 500 (SOAP 1.1, section 6.2; SOAP 1.2,
 * part 2, section 7.5.2.2), and a user who mistyped a password may try another one at once.
 */
function isPlainRefusal(request: HttpRequest, { status, body }: HttpResponse): boolean {
  return status === 400 || (status === 500 && !isForm(request) && /<(?:\w+:)?Fault[\s>]/.test(body));
}

function isDeviceCodePoll(request: HttpRequest): boolean {
  return formOf(request)?.get("grant_type") === "urn:ietf:params:oauth:grant-type:device_code";
}
