import { MsalArgumentError } from "../error/argument-error.ts";
import type { ErrorResponse } from "../error/error-response.ts";
import { MsalError } from "../error/msal-error.ts";
import { equalInConstantTime } from "./constant-time.ts";
import { isDefiniteIssuer } from "./issuer.ts";
import { isJsonObject } from "./json-object.ts";

/**
 * What the browser brought back to the redirect address: the query, or the form when the flow asked for `form_post`.
 *
 * The parsed query of any web framework fits. A parameter may be a list of one value.
 */
export type AuthorizeResponse = Readonly<Record<string, unknown>> | URLSearchParams;

/** The answer that allows to go on. */
export interface AuthorizationCode {
  readonly code: string;
  /** Who signed in, as Entra ID says it beside the code. */
  readonly clientInfo?: string;
}

/** What the answer has to match. */
export interface ExpectedAuthorizeResponse {
  /** The `state` that was sent. */
  readonly state: string;
  /** The issuer in the authority's metadata, where there is one. */
  readonly issuer?: string | undefined;
}

/**
 * Reads the answer to an authorization request (RFC 6749, section 4.1.2).
 *
 * @throws {@link MsalError} `state_mismatch` when the answer belongs to another request, `issuer_mismatch` when another
 *   provider sent it (RFC 9207, section 2.4).
 * @throws {@link MsalArgumentError} `invalid_flow` when it is no such answer at all.
 */
export function readAuthorizeResponse(
  response: AuthorizeResponse,
  expected: ExpectedAuthorizeResponse,
): AuthorizationCode | ErrorResponse {
  const parameter = parameterReader(response);
  checkState(parameter("state"), expected.state);
  checkIssuer(parameter("iss"), expected.issuer);
  const error = parameter("error");
  if (error !== undefined) return readError(error, parameter);
  const code = parameter("code");
  if (code === undefined)
    throw invalid("must hold a code or an error; give the whole query (or form) of the redirect.");
  const clientInfo = parameter("client_info");
  return clientInfo === undefined ? { code } : { code, clientInfo };
}

type ParameterReader = (name: string) => string | undefined;

function parameterReader(response: unknown): ParameterReader {
  if (response instanceof URLSearchParams) return (name) => single(name, response.getAll(name));
  if (!isJsonObject(response)) {
    throw invalid("must be an object with the redirect's parameters; give the parsed query (or form) of the redirect.");
  }
  return (name) => {
    const value = Object.hasOwn(response, name) ? response[name] : undefined;
    return single(name, Array.isArray(value) ? value : [value]);
  };
}

/** The protocol forbids a repeated parameter (RFC 6749, section 3.1): nobody could say which one was meant. */
function single(name: string, values: readonly unknown[]): string | undefined {
  if (values.length > 1) throw invalid(`must hold "${name}" once, not ${values.length} times.`);
  const value = values[0];
  if (value === undefined || value === "") return undefined;
  if (typeof value !== "string")
    throw invalid(`must hold "${name}" as a string, not as a value of type ${typeof value}.`);
  return value;
}

function checkState(found: string | undefined, expected: string): void {
  if (found !== undefined && equalInConstantTime(found, expected)) return;
  const fault = found === undefined ? "carries no state" : "carries another state than the one sent";
  throw new MsalError(
    "state_mismatch",
    `The answer to the sign-in ${fault}: it is old, forged, or belongs to another sign-in of this user. Start the sign-in again.`,
  );
}

function checkIssuer(found: string | undefined, expected: string | undefined): void {
  if (found === undefined || !isDefiniteIssuer(expected) || found === expected) return;
  throw new MsalError(
    "issuer_mismatch",
    `The answer to the sign-in names the issuer ${JSON.stringify(found)}, but the authority's is ${JSON.stringify(expected)}. ` +
      "Another provider may have sent it. Start the sign-in again.",
  );
}

function readError(error: string, parameter: ParameterReader): ErrorResponse {
  const description = parameter("error_description");
  const page = parameter("error_uri");
  return {
    error,
    ...(description !== undefined && { error_description: description }),
    ...(page !== undefined && { error_uri: page }),
  };
}

function invalid(message: string): MsalArgumentError {
  return new MsalArgumentError("invalid_flow", "authResponse", message);
}
