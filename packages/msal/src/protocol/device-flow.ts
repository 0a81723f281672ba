import { MsalArgumentError } from "../error/argument-error.ts";
import { MsalError } from "../error/msal-error.ts";
import { isJsonObject } from "./json-object.ts";
import type { JsonObject } from "./json-object.ts";
import { isListOfText, readNumber, readText } from "./wire-value.ts";

/** A sign-in on another device, on its way (RFC 8628, section 3.2). A plain object that survives JSON. */
export interface DeviceFlow {
  /** What the user types at `verification_uri`. */
  readonly user_code: string;
  /** What we ask for the tokens with. Keep it secret. */
  readonly device_code: string;
  /** Where the user types the code. */
  readonly verification_uri: string;
  /** The same with the code filled in, for a QR code; not every provider gives one. */
  readonly verification_uri_complete?: string;
  /** A sentence to show to the user. */
  readonly message: string;
  /** Seconds between two questions. */
  readonly interval: number;
  /** Seconds from the start until the code ends. */
  readonly expires_in: number;
  /** When the code ends, in epoch seconds. Set it to 0 to end the wait. */
  expires_at: number;
  /** Find the sign-in in Entra's log with it. */
  readonly correlation_id?: string;
  /** What was asked for. */
  readonly scope?: readonly string[];
}

/** RFC 8628, section 3.2: "If no value is provided, clients MUST use 5 as the default". Seconds. */
const defaultInterval = 5;

/**
 * Reads the answer of the device authorization endpoint. `now` is in epoch seconds.
 *
 * @throws {@link MsalError} `invalid_response` that names the missing field.
 */
export function readDeviceAuthorization(answer: JsonObject, now: number): DeviceFlow {
  const userCode = readText(answer["user_code"]) ?? missing("user_code");
  const deviceCode = readText(answer["device_code"]) ?? missing("device_code");
  // The name in early drafts, which some servers still use.
  const uri = readText(answer["verification_uri"] ?? answer["verification_url"]) ?? missing("verification_uri");
  const lifetime = readNumber(answer["expires_in"]) ?? missing("expires_in");
  const complete = readText(answer["verification_uri_complete"]);
  return {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: uri,
    ...(complete !== undefined && { verification_uri_complete: complete }),
    message: readText(answer["message"]) ?? `To sign in, open ${uri} in a browser and enter the code ${userCode}.`,
    interval: readNumber(answer["interval"]) ?? defaultInterval,
    expires_in: lifetime,
    expires_at: now + lifetime,
  };
}

/**
 * Checks that a value is a device flow and gives it back itself, no copy: the caller may end the wait by its
 * `expires_at`.
 *
 * @throws {@link MsalArgumentError} `invalid_flow` that names the field at fault, never its value.
 */
export function checkDeviceFlow(value: unknown): DeviceFlow {
  if (isFlow(value)) return value;
  throw new MsalArgumentError(
    "invalid_flow",
    "flow",
    `must be the object that initiateDeviceFlow gave, but it ${findFault(value)}; give it as that call gave it.`,
  );
}

function isFlow(value: unknown): value is DeviceFlow {
  return findFault(value) === undefined;
}

function findFault(flow: unknown): string | undefined {
  if (!isJsonObject(flow)) return "is no object";
  if (readText(flow["device_code"]) === undefined) return "has no device_code";
  const odd = (["interval", "expires_at"] as const).find((name) => !Number.isFinite(flow[name]));
  if (odd !== undefined) return `has no number as ${odd}`;
  const { scope } = flow;
  return scope === undefined || isListOfText(scope) ? undefined : "has a scope that is no list of strings";
}

function missing(field: string): never {
  throw new MsalError("invalid_response", `The device authorization endpoint's answer has no ${field}.`);
}
