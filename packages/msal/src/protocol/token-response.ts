import type { ErrorResponse } from "../error/error-response.ts";
import { readErrorResponse } from "../error/error-response.ts";
import { MsalError } from "../error/msal-error.ts";
import { isJsonObject } from "./json-object.ts";
import type { JsonObject } from "./json-object.ts";
import { readNumber, readText } from "./wire-value.ts";

/** The token endpoint's answer (RFC 6749, section 5.1, and Entra ID's own fields). Fields that we do not know are kept. */
export interface TokenAnswer {
  readonly access_token?: string;
  readonly token_type?: string;
  /** Seconds. Absent only where `expires_on` says it: see {@link lifetimeOf}. */
  readonly expires_in?: number;
  /** Seconds for which the token may serve while the identity provider is down. */
  readonly ext_expires_in?: number;
  /** Seconds after which the token should be renewed, ahead of its end. */
  readonly refresh_in?: number;
  /** Epoch seconds. */
  readonly expires_on?: number;
  readonly scope?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  /** Who the user is and where: JSON in base64url. */
  readonly client_info?: string;
  /** The family of applications that share the refresh token. */
  readonly foci?: string;
  readonly [field: string]: unknown;
}

const textFields = ["access_token", "token_type", "scope", "id_token", "refresh_token", "client_info", "foci"] as const;
const numberFields = ["expires_in", "ext_expires_in", "refresh_in", "expires_on"] as const;

/** Where the server does not say how long a token lives: short enough to be safe. Seconds. */
const defaultLifetime = 600;

/**
 * Reads the answer of the token endpoint: tokens or a refusal. Numbers that came as texts become numbers; known fields
 * of the wrong type count as absent.
 *
 * @throws {@link MsalError} `invalid_response` when it is neither. The message shows nothing of the answer.
 */
export function readTokenAnswer(json: unknown): TokenAnswer | ErrorResponse {
  if (!isJsonObject(json)) throw notUnderstood();
  const refusal = readErrorResponse(json);
  if (refusal !== undefined) return refusal;
  const answer = readFields(json);
  if (answer.access_token === undefined && answer.id_token === undefined) throw notUnderstood();
  return answer;
}

/** Seconds that the token lives from now on. `now`: epoch seconds. */
export function lifetimeOf({ expires_in, expires_on }: TokenAnswer, now: number): number {
  if (expires_in !== undefined) return expires_in;
  return expires_on === undefined ? defaultLifetime : Math.max(0, Math.trunc(expires_on) - now);
}

function readFields(json: JsonObject): TokenAnswer {
  const known = new Map<string, unknown>(Object.entries(json));
  for (const field of textFields) replace(known, field, readText(json[field]));
  for (const field of numberFields) replace(known, field, readNumber(json[field]));
  return Object.fromEntries(known.has("expires_on") ? known : [["expires_in", defaultLifetime], ...known]);
}

function replace(fields: Map<string, unknown>, field: string, value: string | number | undefined): void {
  if (value === undefined) fields.delete(field);
  else fields.set(field, value);
}

function notUnderstood(): MsalError {
  return new MsalError("invalid_response", "The token endpoint answered with neither a token nor an error.");
}
